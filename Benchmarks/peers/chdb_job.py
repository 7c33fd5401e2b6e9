"""The High rule's job in chDB: prints how many rows, and how many findings they count."""

import sys

import chdb

layout, logs = sys.argv[1:]
needle = "DescribeImageScanFindings"
if layout == "ndjson":
    records = f"""SELECT line FROM file('{logs}/*.ndjson', 'LineAsString', 'line String')
      WHERE position(line, '{needle}') > 0"""
else:
    ending = "json.gz" if layout == "gz" else "json"
    records = f"""SELECT arrayJoin(JSONExtractArrayRaw(text, 'Records')) AS line
      FROM file('{logs}/**/*.{ending}', 'RawBLOB', 'text String')
      WHERE position(text, '{needle}') > 0"""


def text(*path):
    return "JSONExtractString(line, " + ", ".join(f"'{name}'" for name in path) + ")"


issuer = text("userIdentity", "sessionContext", "sessionIssuer", "userName")
query = f"""
  SELECT count(), sum(n) FROM (
    SELECT count() AS n, min(time), max(time)
    FROM (
      SELECT {text("eventTime")} AS time,
        [{text("eventName")}, {text("eventSource")}, {text("userIdentity", "userName")}, {issuer},
         {text("userAgent")}, {text("sourceIPAddress")}, {text("userIdentity", "accountId")},
         {text("awsRegion")}, {text("requestParameters", "imageId", "imageDigest")},
         {text("requestParameters", "repositoryName")}] AS keys,
        arrayJoin(JSONExtractArrayRaw(
          line, 'responseElements', 'imageScanFindings', 'findings')) AS finding
      FROM ({records})
      WHERE {text("eventName")} = '{needle}' AND {text("eventSource")} = 'ecr.amazonaws.com')
    WHERE JSONExtractString(finding, 'severity') = 'HIGH'
    GROUP BY keys, JSONExtractString(finding, 'name'), JSONExtractString(finding, 'description'))
  SETTINGS max_threads = 2"""
print(str(chdb.query(query, "TabSeparated")).strip())
