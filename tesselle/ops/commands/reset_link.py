"""`tesselle reset-link EMAIL`: lets somebody in who is locked out, without mail."""

import argparse

from tesselle.ops.installation import opened


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="the address of the account")
    parser.add_argument(
        "--drop-second-factors",
        action="store_true",
        help="also take away its authenticator app, passkeys, recovery codes and sessions, at once",
    )


def run(options: argparse.Namespace) -> int:
    with opened():
        from tesselle.workspaces.sign_in.reset import reset_link

        link = reset_link(options.email, drop_second_factors=options.drop_second_factors)
    if options.drop_second_factors:
        print("Second factors and sessions are taken away.")
    print(f"Open within a day, once: {link}")
    return 0
