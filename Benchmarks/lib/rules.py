"""Rule files to run beside the one for ECR: what a pack of many costs."""

import os
import uuid

# Calls that detections for AWS ask about. Few of them are in the corpora, as in life.
_NAMES = """CreateAccessKey CreateLoginProfile UpdateLoginProfile DeleteTrail StopLogging UpdateTrail
PutBucketPolicy DeleteBucketPolicy PutBucketLifecycle PutBucketVersioning CreatePolicyVersion
SetDefaultPolicyVersion AttachUserPolicy PutUserPolicy DeactivateMFADevice DeleteAccountPasswordPolicy
UpdateAccountPasswordPolicy GetAccountPasswordPolicy GetPasswordData ModifySnapshotAttribute
ModifyImageAttribute SharedSnapshotCopyInitiated DeleteSnapshot CreateNetworkAclEntry
DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry AuthorizeSecurityGroupIngress
DeleteRule DeleteRuleGroup DeleteWebACL DeleteIPSet DeleteDetector DeleteLogGroup DeleteLogStream
DeleteAlarms DeleteFlowLogs PutImage DeleteRepository BatchDeleteImage CreateRepository
UpdateSAMLProvider CreateVirtualMFADevice ConsoleLogin GetSessionToken GetFederationToken
CreateUser DeleteUser UpdateAssumeRolePolicy CreateKey PutKeyPolicy ScheduleKeyDeletion DisableKey
CreateTask StartExportTask JobCreated DeleteGroup DeleteUserPolicy GetSecretValue
AssumeRoleWithSAML CopyObject""".split()

_RULE = """name: Benchmark {name}
id: {id}
version: 1
date: '2026-01-01'
author: watchfloor
status: production
type: Hunting
description: One of many rules that run beside another.
data_source:
    - AWS CloudTrail {name}
search: |-
    `cloudtrail` eventName={name}
      | rename user_name as user
      | stats count min(_time) as firstTime max(_time) as lastTime
        BY signature dest user user_agent src vendor_account vendor_region
how_to_implement: It is only for measuring.
known_false_positives: None.
references: []
tags:
    analytic_story:
        - Benchmark
    asset_type: AWS Account
    mitre_attack_id: []
    product:
        - Splunk Enterprise
    security_domain: network
"""


def many(folder, count):
    """Writes so many rule files and answers their paths."""
    os.makedirs(folder, exist_ok=True)
    paths = []
    for name in _NAMES[:count]:
        path = os.path.join(folder, f"benchmark_{name.lower()}.yml")
        with open(path, "w") as file:
            file.write(_RULE.format(name=name, id=uuid.uuid5(uuid.NAMESPACE_URL, name)))
        paths.append(path)
    return paths
