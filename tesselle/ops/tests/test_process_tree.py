import os
import subprocess
import sys

from tesselle.ops.process_tree import branch, command_name, cpu_seconds, parents

BURN = "import time\nwhile time.process_time() < 0.3: pass"


def test_time_of_a_child_that_ended_stays_in_its_parents_account():
    before = cpu_seconds([os.getpid()])

    subprocess.run([sys.executable, "-c", BURN], check=True)

    # The system counts in ticks of a hundredth of a second, at both ends.
    assert cpu_seconds([os.getpid()]) - before > 0.25


def test_a_branch_holds_the_process_and_everything_below_it():
    middle = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'print(1, flush=True); input()'])"
    with subprocess.Popen(
        [sys.executable, "-c", middle], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "1\n"
        known = parents()

        members = branch(process.pid, known)

        assert members[0] == process.pid
        assert len(members) == 2
        assert known[members[1]] == process.pid
        process.communicate("\n")


def test_a_process_that_is_gone_costs_nothing():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()

    assert cpu_seconds([process.pid]) == 0
    assert command_name(process.pid) == ""
