"""Pytest plugin: appends one JSON line for each test that ended to the file that TEST_REPORT names."""

import json
import os


class Report:
    def __init__(self, path):
        self.path = path

    def write(self, report, outcome, reason):
        file, _, name = report.nodeid.partition("::")
        row = {"file": file, "name": name, "outcome": outcome, "reason": reason}
        with open(self.path, "a", encoding="utf-8") as lines:
            lines.write(json.dumps(row) + "\n")

    def pytest_collectreport(self, report):
        if report.failed:
            self.write(report, "failed", report.longreprtext)

    def pytest_runtest_logreport(self, report):
        if report.skipped:
            self.write(report, "skipped", report.longrepr[2].removeprefix("Skipped: "))
        elif report.failed:
            self.write(report, "failed", report.longreprtext)
        elif report.when == "call":
            self.write(report, "passed", "")


def pytest_configure(config):
    is_worker = hasattr(config, "workerinput")  # its tests are reported by the process that started it
    if not is_worker:
        config.pluginmanager.register(Report(os.environ["TEST_REPORT"]))
