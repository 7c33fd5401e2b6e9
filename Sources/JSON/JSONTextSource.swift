/// What holds texts that are values of a JSON document which was read already.
///
/// Who wants to look into such a text is spared reading it once more.
package protocol JSONTextSource: AnyObject {
  /// The value whose text that field is; nil where it is not one of a document's.
  func jsonValue(ofField name: String) -> JSONValue?
}
