"""`tesselle demo`: the practice company, in a data folder of its own."""

import argparse

from tesselle.ops.commands import up
from tesselle.ops.data_folder import DataFolder
from tesselle.ops.postgres.account import server_account
from tesselle.ops.starting import Address, start_everything


def arguments(parser: argparse.ArgumentParser) -> None:
    up.arguments(parser)


def run(options: argparse.Namespace) -> int:
    address = Address(options.host, options.port)
    return start_everything(demo_folder(), address, prepare=build_and_say_where)


def demo_folder() -> DataFolder:
    base = DataFolder.open()
    account = server_account()
    if account.changes:
        base.let_group_through(account.group_id)
    return DataFolder.open(base.path / "demo")


def build_and_say_where(folder: DataFolder) -> None:
    from django.conf import settings

    from tesselle.academy.example import example_path
    from tesselle.sandbox import demo

    email, password = demo.login(folder.path)
    workspace = demo.build(email, password)
    example_path(workspace.members.get(user__email=email))
    print(f"Tesselle: {settings.PUBLIC_URL}/   (data in {folder.path}, stop with Ctrl-C)")
    print(f"Sign in as {email} with the password {password}", flush=True)
