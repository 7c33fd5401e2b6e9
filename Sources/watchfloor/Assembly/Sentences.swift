import DetectionEngine
import Storage

/// What went wrong, in words for the user.
func sentence(of error: any Error) -> String {
  switch error {
  case let failure as Failure: failure.sentence
  case let problem as StorageProblem: problem.sentence
  case let problem as EngineProblem: problem.sentence
  default: String(describing: error)
  }
}
