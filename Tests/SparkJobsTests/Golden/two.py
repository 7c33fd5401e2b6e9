# --- What this job reads of a record ---

EXACT = False
NAMES = [
    "_raw", "_time", "answer_repository", "answered", "counted", "critical", "dest", "enhanced",
    "errorCode", "eventName", "eventSource", "findings", "firstTime", "high", "imageDigest",
    "imageTag", "informational", "lastTime", "listed", "low", "medium", "next", "omitted", "page",
    "recipientAccountId", "repository", "requestParameters.imageDigest",
    "requestParameters.imageId.imageDigest", "requestParameters.imageTag",
    "requestParameters.nextToken", "requestParameters.registryId",
    "requestParameters.repositoryName", "responseElements.image.imageId.imageDigest",
    "responseElements.image.registryId", "responseElements.imageId.imageDigest",
    "responseElements.imageScanFindings.findingSeverityCounts.CRITICAL",
    "responseElements.imageScanFindings.findingSeverityCounts.HIGH",
    "responseElements.imageScanFindings.findingSeverityCounts.INFORMATIONAL",
    "responseElements.imageScanFindings.findingSeverityCounts.LOW",
    "responseElements.imageScanFindings.findingSeverityCounts.MEDIUM",
    "responseElements.imageScanFindings.findingSeverityCounts.UNDEFINED",
    "responseElements.imageScanFindings.findingSeverityCounts.UNTRIAGED",
    "responseElements.nextToken", "responseElements.omitted", "responseElements.registryId",
    "responseElements.repositoryName", "signature", "sourcetype", "src", "undefined", "untriaged",
    "user", "userIdentity.arn", "userName", "user_agent", "user_name", "vendor_account",
    "vendor_product", "vendor_region", "why"]
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
    "errorCode": first_of(
        leaf("errorCode"),
        by_event_name(
            [
                (
                    ["ConsoleLogin"],
                    when(
                        "responseElements.ConsoleLogin", ["Failure"], constant("failure"),
                        constant("success")))],
            constant("success"))),
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
    "userName": first_of(
        leaf("userIdentity.userName"), leaf("requestParameters.sourceIdentity"),
        leaf("userIdentity.sessionContext.sessionIssuer.userName"),
        arn_end(leaf("userIdentity.arn"))),
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


# AWS ECR Blind Spot
#
#   search sourcetype=aws:cloudtrail eventSource=ecr.amazonaws.com eventName=DescribeImageScanFindings errorCode=success
def per_event_1(rows):
    # | spath output=findings path=responseElements.imageScanFindings.findings{}
    rows = rows.spath_path("_raw", "responseElements.imageScanFindings.findings{}", "findings")
    # | spath output=enhanced path=responseElements.imageScanFindings.enhancedFindings{}
    rows = rows.spath_path(
        "_raw", "responseElements.imageScanFindings.enhancedFindings{}", "enhanced")
    # | rename responseElements.imageScanFindings.findingSeverityCounts.CRITICAL as critical, responseElements.imageScanFindings.findingSeverityCounts.HIGH as high, responseElements.imageScanFindings.findingSeverityCounts.MEDIUM as medium, responseElements.imageScanFindings.findingSeverityCounts.LOW as low, responseElements.imageScanFindings.findingSeverityCounts.INFORMATIONAL as informational, responseElements.imageScanFindings.findingSeverityCounts.UNDEFINED as undefined, responseElements.imageScanFindings.findingSeverityCounts.UNTRIAGED as untriaged
    rows = rows.rename(
        ("responseElements.imageScanFindings.findingSeverityCounts.CRITICAL", "critical"),
        ("responseElements.imageScanFindings.findingSeverityCounts.HIGH", "high"),
        ("responseElements.imageScanFindings.findingSeverityCounts.MEDIUM", "medium"),
        ("responseElements.imageScanFindings.findingSeverityCounts.LOW", "low"),
        (
            "responseElements.imageScanFindings.findingSeverityCounts.INFORMATIONAL",
            "informational"),
        ("responseElements.imageScanFindings.findingSeverityCounts.UNDEFINED", "undefined"),
        ("responseElements.imageScanFindings.findingSeverityCounts.UNTRIAGED", "untriaged"))
    # | rename responseElements.omitted as omitted, responseElements.registryId as answered, responseElements.repositoryName as answer_repository, responseElements.nextToken as next, requestParameters.nextToken as page, requestParameters.imageId.imageDigest as imageDigest, requestParameters.repositoryName as repository
    rows = rows.rename(
        ("responseElements.omitted", "omitted"), ("responseElements.registryId", "answered"),
        ("responseElements.repositoryName", "answer_repository"),
        ("responseElements.nextToken", "next"), ("requestParameters.nextToken", "page"),
        ("requestParameters.imageId.imageDigest", "imageDigest"),
        ("requestParameters.repositoryName", "repository"))
    # | rename user_name as user
    rows = rows.rename(("user_name", "user"))
    # | eval counted = coalesce(critical, 0) + coalesce(high, 0) + coalesce(medium, 0) + coalesce(low, 0) + coalesce(informational, 0) + coalesce(undefined, 0) + coalesce(untriaged, 0), listed = coalesce(mvcount(findings), 0) + coalesce(mvcount(enhanced), 0)
    rows = rows.eval(
        "counted",
        arithmetic(
            arithmetic(
                arithmetic(
                    arithmetic(
                        arithmetic(
                            arithmetic(
                                coalesce(field("critical"), number(0.0)), "+",
                                coalesce(field("high"), number(0.0))),
                            "+", coalesce(field("medium"), number(0.0))),
                        "+", coalesce(field("low"), number(0.0))),
                    "+", coalesce(field("informational"), number(0.0))),
                "+", coalesce(field("undefined"), number(0.0))),
            "+", coalesce(field("untriaged"), number(0.0))))
    rows = rows.eval(
        "listed",
        arithmetic(
            coalesce(mvcount(field("findings")), number(0.0)), "+",
            coalesce(mvcount(field("enhanced")), number(0.0))))
    # | eval why = case(omitted = "true", "answer omitted", isnull(answered) AND isnull(answer_repository) AND listed = 0, "no answer recorded", listed = 0 AND counted > 0, "counts without findings", isnull(next) AND isnull(page) AND listed < counted, "fewer findings than counted")
    rows = rows.eval(
        "why",
        cases(
            (compare(field("omitted"), "=", text("true")), text("answer omitted")),
            (
                all_of(
                    isnull(field("answered")), isnull(field("answer_repository")),
                    compare(field("listed"), "=", number(0.0))),
                text("no answer recorded")),
            (
                all_of(
                    compare(field("listed"), "=", number(0.0)),
                    compare(field("counted"), ">", number(0.0))),
                text("counts without findings")),
            (
                all_of(
                    isnull(field("next")), isnull(field("page")),
                    compare(field("listed"), "<", field("counted"))),
                text("fewer findings than counted"))))
    # | where isnotnull(why)
    rows = rows.where(isnotnull(field("why")))
    return rows


def per_window_1(rows):
    # | stats count, min(_time) as firstTime, max(_time) as lastTime, max(critical) as critical, max(high) as high, max(medium) as medium, max(low) as low, max(informational) as informational, max(undefined) as undefined, max(untriaged) as untriaged by signature, dest, user, user_agent, src, vendor_account, vendor_region, vendor_product, why, imageDigest, repository
    rows = rows.stats(
        ("count", count()), ("firstTime", least(field("_time"))),
        ("lastTime", greatest(field("_time"))), ("critical", greatest(field("critical"))),
        ("high", greatest(field("high"))), ("medium", greatest(field("medium"))),
        ("low", greatest(field("low"))), ("informational", greatest(field("informational"))),
        ("undefined", greatest(field("undefined"))), ("untriaged", greatest(field("untriaged"))),
        by=[
            "signature", "dest", "user", "user_agent", "src", "vendor_account", "vendor_region",
            "vendor_product", "why", "imageDigest", "repository"],
        keep_null=["imageDigest", "repository"],
        derive=dict(
            [("imageDigest", [("responseElements.imageId.imageDigest", "digest from response")])]))
    # | convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(firstTime)
    rows = rows.convert("ctime", "firstTime", "firstTime", "%Y-%m-%dT%H:%M:%S")
    # | convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(lastTime)
    rows = rows.convert("ctime", "lastTime", "lastTime", "%Y-%m-%dT%H:%M:%S")
    # | search *
    return rows


# AWS ECR Put Image Unknown User
#
#   search sourcetype=aws:cloudtrail eventSource=ecr.amazonaws.com eventName=PutImage errorCode=success NOT userName IN (user)
def per_event_2(rows):
    # | rename requestParameters.repositoryName as repository, requestParameters.imageTag as imageTag, responseElements.image.imageId.imageDigest as imageDigest
    rows = rows.rename(
        ("requestParameters.repositoryName", "repository"),
        ("requestParameters.imageTag", "imageTag"),
        ("responseElements.image.imageId.imageDigest", "imageDigest"))
    # | rename user_name as user
    rows = rows.rename(("user_name", "user"))
    return rows


def per_window_2(rows):
    # | stats count, min(_time) as firstTime, max(_time) as lastTime by signature, user, user_agent, src, vendor_account, vendor_region, vendor_product, repository, imageTag, imageDigest
    rows = rows.stats(
        ("count", count()), ("firstTime", least(field("_time"))),
        ("lastTime", greatest(field("_time"))),
        by=[
            "signature", "user", "user_agent", "src", "vendor_account", "vendor_region",
            "vendor_product", "repository", "imageTag", "imageDigest"],
        keep_null=["imageDigest", "imageTag"],
        derive=dict([("imageDigest", [("requestParameters.imageDigest", "digest from request")])]))
    # | convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(firstTime)
    rows = rows.convert("ctime", "firstTime", "firstTime", "%Y-%m-%dT%H:%M:%S")
    # | convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(lastTime)
    rows = rows.convert("ctime", "lastTime", "lastTime", "%Y-%m-%dT%H:%M:%S")
    # | search *
    return rows


RULES = [
    Rule(
        id="6f3c1f0e-3f0a-4a3b-9a55-0d6c5e0c1a10", name="AWS ECR Blind Spot",
        plan="a5ec652c1fd715766dd734fe4741695a", needles=["describeimagescanfindings"],
        base=all_of(
            equal("sourcetype", "aws:cloudtrail"), equal("eventSource", "ecr.amazonaws.com"),
            equal("eventName", "DescribeImageScanFindings"), equal("errorCode", "success")),
        per_event=per_event_1, per_window=per_window_1,
        keeps=[
            "_time", "critical", "dest", "firstTime", "high", "imageDigest", "informational",
            "lastTime", "low", "medium", "repository", "signature", "src", "undefined",
            "untriaged", "user", "user_agent", "vendor_account", "vendor_product",
            "vendor_region", "why"],
        columns=[
            "signature", "dest", "user", "user_agent", "src", "vendor_account", "vendor_region",
            "vendor_product", "why", "imageDigest", "repository", "count", "firstTime",
            "lastTime", "critical", "high", "medium", "low", "informational", "undefined",
            "untriaged"],
        groups=True,
        sample=[
            "recipientAccountId", "requestParameters.registryId", "responseElements.registryId",
            "userIdentity.arn"],
        of_record=[
            "recipientAccountId", "requestParameters.registryId",
            "responseElements.imageId.imageDigest", "responseElements.registryId",
            "userIdentity.arn"]),
    Rule(
        id="6f3c1f0e-3f0a-4a3b-9a55-0d6c5e0c1a11", name="AWS ECR Put Image Unknown User",
        plan="804d16551f16835ef863d262b99e6d11", needles=["putimage"],
        base=all_of(
            equal("sourcetype", "aws:cloudtrail"), equal("eventSource", "ecr.amazonaws.com"),
            equal("eventName", "PutImage"), equal("errorCode", "success"),
            unless(equal("userName", "user"))),
        per_event=per_event_2, per_window=per_window_2,
        keeps=[
            "_time", "firstTime", "imageDigest", "imageTag", "lastTime", "repository",
            "signature", "src", "user", "user_agent", "vendor_account", "vendor_product",
            "vendor_region"],
        columns=[
            "signature", "user", "user_agent", "src", "vendor_account", "vendor_region",
            "vendor_product", "repository", "imageTag", "imageDigest", "count", "firstTime",
            "lastTime"],
        groups=True,
        sample=[
            "recipientAccountId", "requestParameters.registryId",
            "responseElements.image.registryId", "userIdentity.arn"],
        of_record=[
            "recipientAccountId", "requestParameters.imageDigest", "requestParameters.registryId",
            "responseElements.image.registryId", "userIdentity.arn"]),
]


