"""The High rule's job in DuckDB: prints how many rows, and how many findings they count."""

import sys

import duckdb

layout, logs = sys.argv[1:]
record = """eventTime VARCHAR, eventSource VARCHAR, eventName VARCHAR, awsRegion VARCHAR,
  sourceIPAddress VARCHAR, userAgent VARCHAR, userIdentity JSON, requestParameters JSON,
  responseElements JSON"""
members = ", ".join(
    f"{member.split()[0]}: '{member.split()[1]}'" for member in record.split(","))
if layout == "ndjson":
    source = f"""(SELECT * FROM read_json('{logs}/*.ndjson', format = 'newline_delimited',
      columns = {{{members}}}, maximum_object_size = 4194304))"""
else:
    ending = "json.gz" if layout == "gz" else "json"
    source = f"""(SELECT unnest(Records, max_depth := 2) FROM read_json('{logs}/**/*.{ending}',
      format = 'unstructured', columns = {{Records: 'STRUCT({record})[]'}},
      maximum_object_size = 33554432))"""
duckdb.sql("SET threads = 2")
answer = duckdb.sql(f"""
  SELECT count(*), sum(n) FROM (
    SELECT count(*) AS n, min(eventTime), max(eventTime)
    FROM (
      SELECT *, unnest(from_json(
          responseElements -> 'imageScanFindings' -> 'findings', '["JSON"]')) AS finding
      FROM {source}
      WHERE eventSource = 'ecr.amazonaws.com' AND eventName = 'DescribeImageScanFindings')
    WHERE finding ->> 'severity' = 'HIGH'
    GROUP BY eventName, eventSource,
      coalesce(userIdentity ->> 'userName',
        userIdentity -> 'sessionContext' -> 'sessionIssuer' ->> 'userName'),
      userAgent, sourceIPAddress, userIdentity ->> 'accountId', awsRegion, finding ->> 'name',
      finding ->> 'description', requestParameters -> 'imageId' ->> 'imageDigest',
      requestParameters ->> 'repositoryName')""").fetchall()[0]
print(*answer)
