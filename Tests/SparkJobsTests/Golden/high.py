# --- What this job reads of a record ---

EXACT = False
NAMES = [
    "_raw", "_time", "description", "dest", "eventName", "eventSource", "finding_description",
    "finding_name", "findings", "firstTime", "imageDigest", "lastTime", "name",
    "recipientAccountId", "repository", "requestParameters.imageId.imageDigest",
    "requestParameters.registryId", "requestParameters.repositoryName",
    "responseElements.imageId.imageDigest", "responseElements.registryId", "severity",
    "signature", "sourcetype", "src", "user", "userIdentity.arn", "user_agent", "user_name",
    "vendor_account", "vendor_product", "vendor_region"]
FIELDS = {
    "dest": by_event_name(
        [
            (
                ["RunInstances", "StartInstances"],
                first_of(
                    leaf("responseElements.instancesSet.items{}.instanceId"),
                    leaf("requestParameters.instancesSet.items{}.instanceId"),
                    leaf("eventSource"))),
            (
                ["StopInstances", "TerminateInstances", "RebootInstances"],
                leaf("requestParameters.instancesSet.items{}.instanceId")),
            (["*Volume"], first_of(leaf("requestParameters.instanceId"), leaf("eventSource"))),
            (["PutBucketAcl"], leaf("requestParameters.Host")),
            (["*Bucket", "GetBucketEncryption"], leaf("requestParameters.host{}")),
            (
                ["Put*"],
                first_of(leaf("requestParameters.host{}"), leaf("requestParameters.Host"))),
            (["DeleteLoginProfile"], leaf("requestParameters.userName")),
            (
                ["ConsoleLogin", "AssumeRole*", "CheckMfa", "ListAliases"],
                first_of(leaf("additionalEventData.LoginTo"), leaf("eventSource")))],
        leaf("eventSource")),
    "signature": leaf("eventName"),
    "src": leaf("sourceIPAddress"),
    "user": by_event_name(
        [
            (["CreateLoginProfile"], leaf("responseElements.loginProfile.userName")),
            (["CreateUser"], leaf("responseElements.user.userName")),
            (["DeleteUser", "DeleteLoginProfile"], leaf("requestParameters.userName")),
            (["UpdateUser"], leaf("requestParameters.newUserName")),
            (
                ["CreateAccessKey"],
                first_of(
                    leaf("responseElements.accessKey.userName"),
                    word_after("resource: user ", leaf("errorMessage")))),
            (
                [
                    "ListSigningCertificates", "ListAccessKeys", "GetUser", "GetAccountSummary",
                    "ListAccountAliases"],
                word_after("resource: user ", leaf("errorMessage"))),
            (["CreateVirtualMFADevice"], leaf("userIdentity.userName")),
            (
                ["AssumeRole*"],
                arn_end(
                    first_of(
                        leaf("requestParameters.roleArn"),
                        leaf("responseElements.assumedRoleUser.arn")))),
            (
                ["ConsoleLogin"],
                when(
                    "userIdentity.type", ["AssumedRole"],
                    when_present(
                        "additionalEventData.LoginTo",
                        after_colon(leaf("userIdentity.principalId")),
                        first_of(
                            leaf("userIdentity.userName"),
                            leaf("userIdentity.sessionContext.sessionIssuer.userName"))),
                    first_of(
                        leaf("userIdentity.userName"),
                        leaf("userIdentity.sessionContext.sessionIssuer.userName")))),
            (
                [
                    "CheckMfa", "SwitchRole", "ExitRole", "RenewRole",
                    "PasswordRecoveryRequested", "PasswordRecoveryCompleted", "ListAliases",
                    "ListRoles", "*Instances", "*Volume", "Put*", "*Bucket"],
                first_of(
                    leaf("userIdentity.userName"),
                    leaf("userIdentity.sessionContext.sessionIssuer.userName")))],
        leaf("userIdentity.userName")),
    "user_agent": leaf("userAgent"),
    "user_name": by_event_name(
        [
            (["CreateLoginProfile"], leaf("responseElements.loginProfile.userName")),
            (["CreateUser"], leaf("responseElements.user.userName")),
            (["DeleteUser", "DeleteLoginProfile"], leaf("requestParameters.userName")),
            (["UpdateUser"], leaf("requestParameters.newUserName")),
            (
                ["CreateAccessKey"],
                first_of(
                    leaf("responseElements.accessKey.userName"),
                    word_after("resource: user ", leaf("errorMessage")))),
            (
                [
                    "ListSigningCertificates", "ListAccessKeys", "GetUser", "GetAccountSummary",
                    "ListAccountAliases"],
                word_after("resource: user ", leaf("errorMessage"))),
            (["CreateVirtualMFADevice"], leaf("userIdentity.userName")),
            (["ListRoles"], before_colon(leaf("userIdentity.principalId")))],
        first_of(
            leaf("userIdentity.userName"),
            leaf("userIdentity.sessionContext.sessionIssuer.userName"),
            arn_end(first_of(leaf("userIdentity.arn"), leaf("requestParameters.roleArn"))))),
    "vendor_account": first_of(leaf("userIdentity.accountId"), leaf("recipientAccountId")),
    "vendor_product": constant("AWS CloudTrail"),
    "vendor_region": leaf("awsRegion"),
}
MANY = {"dest"}


# --- The rules ---


# AWS ECR Container Scanning Findings High
#
#   search sourcetype=aws:cloudtrail eventSource=ecr.amazonaws.com eventName=DescribeImageScanFindings
def per_event_1(rows):
    # | spath output=findings path=responseElements.imageScanFindings.findings{}
    rows = rows.spath_path("_raw", "responseElements.imageScanFindings.findings{}", "findings")
    # | mvexpand findings
    rows = rows.mvexpand("findings")
    # | spath input=findings
    rows = rows.spath(
        "findings",
        [
            "attributes[package_name]", "attributes[package_version]", "description", "dest",
            "finding_description", "finding_name", "findings", "firstTime", "imageDigest",
            "lastTime", "name", "recipientAccountId", "repository",
            "requestParameters.imageId.imageDigest", "requestParameters.registryId",
            "requestParameters.repositoryName", "responseElements.registryId", "severity",
            "signature", "src", "user", "userIdentity.arn", "user_agent", "user_name",
            "vendor_account", "vendor_product", "vendor_region"])
    # | search severity=HIGH
    rows = rows.search(equal("severity", "HIGH"))
    # | rename name as finding_name, description as finding_description, requestParameters.imageId.imageDigest as imageDigest, requestParameters.repositoryName as repository
    rows = rows.rename(
        ("name", "finding_name"), ("description", "finding_description"),
        ("requestParameters.imageId.imageDigest", "imageDigest"),
        ("requestParameters.repositoryName", "repository"))
    # | rename user_name as user
    rows = rows.rename(("user_name", "user"))
    return rows


def per_window_1(rows):
    # | stats count, min(_time) as firstTime, max(_time) as lastTime by signature, dest, user, user_agent, src, vendor_account, vendor_region, vendor_product, finding_name, finding_description, imageDigest, repository
    rows = rows.stats(
        ("count", count()), ("firstTime", least(field("_time"))),
        ("lastTime", greatest(field("_time"))),
        by=[
            "signature", "dest", "user", "user_agent", "src", "vendor_account", "vendor_region",
            "vendor_product", "finding_name", "finding_description", "imageDigest", "repository"],
        keep_null=["finding_description", "imageDigest"],
        derive=dict(
            [("imageDigest", [("responseElements.imageId.imageDigest", "digest from response")])]))
    # | convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(firstTime)
    rows = rows.convert("ctime", "firstTime", "firstTime", "%Y-%m-%dT%H:%M:%S")
    # | convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(lastTime)
    rows = rows.convert("ctime", "lastTime", "lastTime", "%Y-%m-%dT%H:%M:%S")
    # | search *
    return rows


RULES = [
    Rule(
        id="30a0e9f8-f1dd-4f9d-8fc2-c622461d781c",
        name="AWS ECR Container Scanning Findings High", plan="4567964da6ca48c2b8d078ca6dfd322f",
        needles=["describeimagescanfindings"],
        base=all_of(
            equal("sourcetype", "aws:cloudtrail"), equal("eventSource", "ecr.amazonaws.com"),
            equal("eventName", "DescribeImageScanFindings")),
        per_event=per_event_1, per_window=per_window_1,
        keeps=[
            "_time", "dest", "finding_description", "finding_name", "firstTime", "imageDigest",
            "lastTime", "repository", "signature", "src", "user", "user_agent", "vendor_account",
            "vendor_product", "vendor_region"],
        columns=[
            "signature", "dest", "user", "user_agent", "src", "vendor_account", "vendor_region",
            "vendor_product", "finding_name", "finding_description", "imageDigest", "repository",
            "count", "firstTime", "lastTime"],
        groups=True,
        sample=[
            "attributes[package_name]", "attributes[package_version]", "recipientAccountId",
            "requestParameters.registryId", "responseElements.registryId", "severity",
            "userIdentity.arn"],
        of_record=[
            "recipientAccountId", "requestParameters.registryId",
            "responseElements.imageId.imageDigest", "responseElements.registryId", "severity",
            "userIdentity.arn"]),
]


