/// What somebody sees who starts the program for the first time, without a path.
enum FirstRun {
  static var card: String {
    """
    there is no path to watch

      watchfloor reads CloudTrail logs, as S3 delivers them or line by line, and shows what \
    Splunk's
      ESCU detections find in them. Three ways to begin:

        watchfloor demo                       see it alive, with made-up traffic
        watchfloor /var/log/cloudtrail        follow a directory; new files are seen as they come
        watchfloor scan FILE                  print what one file holds, and end

      Logs from a bucket, kept up to date by a timer:

        aws s3 sync s3://BUCKET/AWSLogs logs/AWSLogs && watchfloor logs

      So that a bare 'watchfloor' opens your floor, name the directories in
      \(UserConfiguration.path):

        paths: [/var/log/cloudtrail]

      More: watchfloor --help, watchfloor doctor
    """
  }
}
