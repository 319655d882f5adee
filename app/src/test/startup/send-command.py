# What RunPostScript does first: it sends the post-script.
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

with open(sys.argv[1], encoding="utf-8") as file:
    order = json.load(file)
work = order["work"]
document = work["dryRun"]["answer"]["document"]
try:
    boto3.client("ssm", config=Config(retries={"total_max_attempts": 1})).send_command(
        InstanceIds=[order["instanceId"]],
        DocumentName=document["name"],
        DocumentVersion=document["version"],
        DocumentHash=document["sha256"],
        DocumentHashType="Sha256",
        Parameters={
            "command": ["post-script"],
            "executionId": [work["preScript"]["answer"]["attempt"]],
        },
        TimeoutSeconds=30,
    )
except ClientError as refused:
    print(refused, file=sys.stderr)
