"""What cannot be adopted is refused in plain words, with exit code 2 and without a traceback."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.stub import Stubber
from plain_tables import create, tags

from dynamodb_layouts import cli, emulators, files
from dynamodb_layouts.adopt import adopt
from dynamodb_layouts.adopt.aws import Aws
from dynamodb_layouts.adopt.found import find
from dynamodb_layouts.emulators import ports
from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dynamodb_layouts.emulators import Emulator

WRITE_A_NAME = "write its name, 3 to 255 letters, digits, _, - or ., or KEY=NAME\n"
ARN = "arn:aws:dynamodb:us-east-1:111122223333:table/orders"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


def _refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command in this process, see that it refuses, and return what it says."""
    with pytest.raises(SystemExit) as ended:
        cli.app(["adopt", *arguments])
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.out == ""
    assert "Traceback" not in said.err
    return said.err


def test_no_region(capsys: pytest.CaptureFixture[str]) -> None:
    assert _refused(capsys, "orders") == "error: no region is given\ngive --region, or set AWS_REGION\n"


def test_no_credentials(capsys: pytest.CaptureFixture[str]) -> None:
    said = _refused(capsys, "orders", "--region", "us-east-1")
    assert said.startswith("error: no AWS credentials: Unable to locate credentials\nlog in, name a profile")


def test_unknown_profile(capsys: pytest.CaptureFixture[str]) -> None:
    said = _refused(capsys, "orders", "--profile", "shop")
    assert said.startswith(
        "error: The config profile (shop) could not be found\nname a profile of ~/.aws/config"
    )


def test_region_that_is_none(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    said = _refused(capsys, "orders", "--region", "us east")
    assert "'us east' doesn't match a supported format.\nwrite a region such as us-east-1\n" in said


@pytest.mark.parametrize(
    ("endpoint", "message"),
    [
        ("localhost", "error: Invalid endpoint: localhost\nwrite AWS_ENDPOINT_URL as a URL, such as http"),
        (None, "error: nothing answers: Could not connect to the endpoint URL"),
    ],
)
def test_endpoint_that_is_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, endpoint: str | None, message: str
) -> None:
    for name, value in (CREDENTIALS | {"AWS_REGION": "us-east-1"}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint or f"http://127.0.0.1:{ports.free()}")
    assert _refused(capsys, "orders").startswith(message)


def test_no_such_table(at: Callable[[str], Emulator], capsys: pytest.CaptureFixture[str]) -> None:
    at("ministack")
    assert _refused(capsys, "nowhere") == (
        "error: there is no table 'nowhere' in us-east-1\n"
        "correct the name, or name the table's region with --region\n"
    )
    assert "no table 'nowhere' in eu-west-1" in _refused(capsys, "nowhere", "--region", "eu-west-1")


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        (["orders", "b=orders"], "table 'orders' stands there twice\nname each once\n"),
        (["k=orders", "k=carts"], "key 'k' stands there twice\nname each once\n"),
        (["=orders"], f"'=orders' is no table\n{WRITE_A_NAME}"),
        (["k="], f"'k=' is no table\n{WRITE_A_NAME}"),
        ([""], f"'' is no table\n{WRITE_A_NAME}"),
        (["my orders"], f"'my orders' is no table\n{WRITE_A_NAME}"),
        ([ARN], f"'{ARN}' is an ARN\nwrite the table's name, and its region with --region\n"),
    ],
)
def test_tables_that_are_named_wrongly(
    capsys: pytest.CaptureFixture[str], tables: list[str], message: str
) -> None:
    assert _refused(capsys, *tables) == f"error: {message}"


def test_the_region_is_terraforms(monkeypatch: pytest.MonkeyPatch) -> None:
    """boto3 alone knows nothing of AWS_REGION, and the provider puts it first."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    assert Aws().region == "eu-west-1"
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    assert Aws().region == "eu-central-1"
    assert Aws("us-west-2").region == "us-west-2"


def test_rights_that_are_missing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Users of IAM who may too little; moto judges policies once it is told to."""
    with emulators.start("moto") as moto:
        create(moto, "private", ("id",), SSESpecification={"Enabled": True})
        keys = {user: _user(moto, user, rights) for user, rights in RIGHTS.items()}
        for name, value in moto.environment().items():
            monkeypatch.setenv(name, value)
        judge = urllib.request.Request(  # noqa: S310 - moto's own address
            f"{moto.endpoint_url}/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"}
        )
        with urllib.request.urlopen(judge) as answer:  # noqa: S310
            assert answer.status == 200

        def become(user: str) -> None:
            monkeypatch.setenv("AWS_ACCESS_KEY_ID", keys[user]["AccessKeyId"])
            monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", keys[user]["SecretAccessKey"])

        for user, missing in (("nobody", "DescribeTable"), ("reader", "DescribeTimeToLive")):
            become(user)
            said = _refused(capsys, "private")
            assert said.startswith(f"error: the credentials may not dynamodb:{missing}: An error occurred")
            assert f"user/{user} is not authorized to perform: dynamodb:{missing}" in said
            assert said.endswith(f"\nallow dynamodb:{missing}; adopting reads a table and changes nothing\n")

        # Whose a key is can be left open, so asking is no need.
        become("auditor")
        declared = adopt(["private"]).declarations[0]
        assert declared.fields["encryption"].keys() == {"kms_key_arn"}
        assert declared.unsure[0].startswith(
            "whether its KMS key is yours or AWS's (kms:DescribeKey gave no answer)"
        )


RIGHTS = {"nobody": [], "reader": ["dynamodb:DescribeTable"], "auditor": ["dynamodb:*"]}


def _user(moto: Emulator, name: str, actions: list[str]) -> dict[str, str]:
    """Make a user who may do some actions on everything; return an access key."""
    iam = moto.client("iam")
    iam.create_user(UserName=name)
    if actions:
        statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        iam.put_user_policy(UserName=name, PolicyName="rights", PolicyDocument=document)
    key: dict[str, str] = iam.create_access_key(UserName=name)["AccessKey"]
    return key


def test_nothing_is_overwritten(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    there = tmp_path / "orders.tf"
    there.write_text("precious")
    assert _refused(capsys, "orders", "--output", str(there)) == (
        f"error: {there} is there already\nname a file that is not, or take it away\n"
    )
    assert there.read_text() == "precious"
    nowhere = tmp_path / "no" / "orders.tf"
    assert _refused(capsys, "orders", "--output", str(nowhere)) == (
        f"error: cannot write {nowhere}\nname a file in a folder that exists\n"
    )


def test_a_file_that_appears_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, link = tmp_path / "orders.tf", os.link

    def linked_too_late(made: str, wanted: Path) -> None:
        file.write_text("somebody's")
        link(made, wanted)

    monkeypatch.setattr(os, "link", linked_too_late)
    with pytest.raises(CannotRunError, match=r"orders\.tf is there already"):
        files.write(file, "mine", new=True)
    assert file.read_text() == "somebody's"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    files.write(tmp_path / "orders.tf", "text\n", new=True)
    assert (tmp_path / "orders.tf").read_text() == "text\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["orders.tf"]


def test_the_file_is_what_is_printed(at: Callable[[str], Emulator], tmp_path: Path) -> None:
    """As a user runs it, and with remarks where they do not get into the file."""
    emulator, file = at("ministack"), tmp_path / "orders.tf"
    create(emulator, "refusals-orders", ("id",))
    command = [Path(sys.executable).with_name("dynamodb-layouts"), "adopt", "orders=refusals-orders"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True)
    written = subprocess.run(
        [*command, "--output", file], capture_output=True, text=True, check=True, env=os.environ
    )
    assert printed.stdout == file.read_text()
    assert printed.stdout.endswith('  id = "refusals-orders"\n}\n')
    assert written.stdout == ""
    assert [entry.name for entry in tmp_path.iterdir()] == ["orders.tf"]
    remark = 'table "refusals-orders": Applying changes: the tag Name = "refusals-orders" is added.\n'
    assert remark == printed.stderr == written.stderr


def test_fifty_tags_leave_no_place_for_the_name(at: Callable[[str], Emulator]) -> None:
    emulator = at("ministack")
    fifty = {f"tag{number}": "x" for number in range(50)}
    create(emulator, "refusals-tagged", ("id",), Tags=tags(**fifty))
    with pytest.raises(CannotRunError) as refused:
        adopt(["refusals-tagged"])
    assert str(refused.value) == (
        'table "refusals-tagged": it has 50 tags, none is Name, which the module adds, and AWS allows 50\n'
        "take one off, or give the table a tag Name in place of another"
    )
    emulator.client("dynamodb").untag_resource(
        ResourceArn=emulator.client("dynamodb").describe_table(TableName="refusals-tagged")["Table"][
            "TableArn"
        ],
        TagKeys=["tag49"],
    )
    assert "tag48" in adopt(["refusals-tagged"]).text


def test_placeholder_in_a_policy(at: Callable[[str], Emulator]) -> None:
    emulator = at("ministack")
    arn = create(emulator, "refusals-policy", ("id",))
    client = emulator.client("dynamodb")
    client.put_resource_policy(ResourceArn=arn, Policy='{"Statement": [], "Id": "{table_arn}"}')
    with pytest.raises(
        CannotRunError, match=r"its resource policy has \{table_arn\} in it, which the module"
    ):
        adopt(["refusals-policy"])


def _described(**more: Any) -> dict[str, Any]:
    """Return a table as DescribeTable does, with what no emulator has."""
    return {
        "TableName": "orders",
        "TableStatus": "ACTIVE",
        "TableArn": ARN,
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    } | more


def _with_index(status: str, *keys: str) -> dict[str, Any]:
    return {
        "GlobalSecondaryIndexes": [
            {
                "IndexName": "by-day",
                "IndexStatus": status,
                "KeySchema": [{"AttributeName": key, "KeyType": "HASH"} for key in keys],
            }
        ]
    }


OWN_RESOURCE = "declare the table with the provider's own resource"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            {"TableStatus": "UPDATING"},
            "it is UPDATING, not ACTIVE\nrun it again when the table has come to rest",
        ),
        (
            _with_index("CREATING", "day"),
            "index by-day is CREATING, not ACTIVE\nrun it again when the index has been built",
        ),
        (
            {"Replicas": [{"RegionName": "eu-west-1", "ReplicaStatus": "CREATING"}]},
            "its replica in eu-west-1 is CREATING, not ACTIVE\nrun it again when the replica has come",
        ),
        (
            {"GlobalTableVersion": "2017.11.29"},
            "it is a global table of version 2017.11.29, and the module has those of 2019.11.21\nupgrade it",
        ),
        (
            {"MultiRegionConsistency": "STRONG"},
            f"its replicas are strongly consistent, and the module has no word for that\n{OWN_RESOURCE}",
        ),
        (
            {"VectorIndexes": [{"IndexName": "by-meaning"}]},
            f"it has vector indexes, and the module has no word for them\n{OWN_RESOURCE}",
        ),
        (
            _with_index("ACTIVE", "year", "month"),
            f"a key of index by-day has several attributes, and the module takes one\n{OWN_RESOURCE}",
        ),
    ],
)
def test_what_the_module_has_no_word_for(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, Any], message: str
) -> None:
    """Answers of DescribeTable in AWS's own shape, which no emulator gives."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    aws = Aws("us-east-1")
    with Stubber(aws.client("dynamodb")) as stub:
        stub.add_response("describe_table", {"Table": _described(**more)}, {"TableName": "orders"})
        with pytest.raises(CannotRunError) as refused:
            find(aws, "orders")
    assert str(refused.value).startswith(f'table "orders": {message}')


@pytest.mark.parametrize(
    ("code", "status", "message"),
    [
        (
            "AccessDeniedException",
            400,
            "the credentials may not dynamodb:DescribeTable: An error occurred",
        ),
        (
            "ExpiredTokenException",
            400,
            "AWS does not take the credentials: ExpiredTokenException\nlog in again",
        ),
        (
            "UnrecognizedClientException",
            400,
            "AWS does not take the credentials: UnrecognizedClientException",
        ),
        ("InternalServerError", 500, "DescribeTable failed: InternalServerError: no luck\nrun it again"),
        # AWS offers everything, so an answer without a code is a fault, not a gap.
        ("503", 503, "DescribeTable failed: 503: no luck\nrun it again"),
    ],
)
def test_answers_that_are_none(monkeypatch: pytest.MonkeyPatch, code: str, status: int, message: str) -> None:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    aws = Aws("us-east-1")
    with Stubber(aws.client("dynamodb")) as stub:
        stub.add_client_error("describe_table", code, "no luck", status)
        with pytest.raises(CannotRunError) as refused:
            find(aws, "orders")
    assert str(refused.value).startswith(message)


def test_what_an_endpoint_does_not_offer_is_said(at: Callable[[str], Emulator]) -> None:
    """LocalStack has no resource policies, and tells AWS's own key from others."""
    emulator = at("localstack")
    more = {"SSESpecification": {"Enabled": True}, "DeletionProtectionEnabled": True}
    create(emulator, "refusals-offered", ("id",), Tags=tags(Name="refusals-offered"), **more)
    adoption = adopt(["refusals-offered"])
    assert adoption.remarks == (f"{emulator.endpoint_url} does not do GetResourcePolicy; taken for none.",)
    assert adoption.declarations[0].ordered() == {
        "hash_key": "id",
        "point_in_time_recovery": {"enabled": False},
    }
