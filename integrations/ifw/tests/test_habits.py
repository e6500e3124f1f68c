"""What judges the habits, tried without a framework."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from habits import build, lab

TESTS = Path(__file__).resolve().parent


def a_lab(folder, plugin=True):
    built = build.Build(Path("sources"), folder, folder, plugin)
    return lab.Lab(built, folder, build.Server("http://127.0.0.1:1", "token", folder / "token.txt"), None)


class InAFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)


class Runs(InAFolder):
    def test_a_run_that_cannot_end_is_a_failure(self):
        tried = a_lab(self.folder)
        run = tried.run("/bin/sleep", "60", seconds=0.1)
        tried.expect(run)
        self.assertEqual(tried.failures, ["run 1 cannot end"])

    def test_a_run_that_crashes_is_a_failure(self):
        tried = a_lab(self.folder)
        tried.expect(tried.run("/bin/sh", "-c", "kill -SEGV $$"))
        self.assertEqual(tried.failures, ["run 1 crashes"])

    def test_a_run_that_ends_is_none(self):
        tried = a_lab(self.folder)
        tried.expect(tried.run("/bin/true"), 0, ())
        self.assertEqual(tried.failures, [])

    def test_the_stock_framework_may_make_what_it_likes_of_marks(self):
        tried = a_lab(self.folder, plugin=False)
        tried.run("/bin/sleep", "60", seconds=0.1)
        self.assertEqual(tried.failures, [])


class WithoutMarks(unittest.TestCase):
    def test_the_stock_framework_has_to_do_what_is_tried(self):
        habit = lab.Habit("a", False, False, ("0: a",), ("Created",), None)
        self.assertEqual(list(habit.wrong_in_stock([lab.Run(0, ["Created it"], {"org.a": "1"})])), [])
        failed = list(habit.wrong_in_stock([lab.Run(1, ["User input is required"])]))
        self.assertEqual(len(failed), 2, failed)

    def test_a_habit_says_how_the_stock_framework_ends(self):
        with self.assertRaises(ValueError):
            lab.habit("a")
        with self.assertRaises(ValueError):
            lab.habit("a", marked=True, stock=("0: a",))


class Programs(unittest.TestCase):
    def test_words_that_nothing_has_in_it_are_an_error(self):
        for name in ("framework", "ways"):
            command = [sys.executable, "-B", TESTS / name, "/nowhere", "--only", "no such words"]
            output = subprocess.run(command, capture_output=True, text=True, check=False)
            self.assertEqual(output.returncode, 2, output.stderr)
            self.assertIn("with these words: no such words", output.stderr)


class Leftovers(InAFolder):
    def test_a_folder_is_removed_when_a_build_fails(self):
        with mock.patch("tempfile.tempdir", str(self.folder)), self.assertRaises((SystemExit, OSError)), \
                build.work_folder(None, "framework-") as work:
            build.build_one(self.folder / "nowhere", work, "stock", 1)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_folder_that_was_named_stays(self):
        with build.work_folder(self.folder / "work", "framework-") as work:
            pass
        self.assertTrue(work.is_dir())

    def test_a_server_that_says_something_else_is_ended(self):
        program = self.folder / "target/debug/qls-standin"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\necho $$ > {self.folder}/pid\necho something else\nexec sleep 60\n")
        program.chmod(0o755)
        with mock.patch.object(build, "ROOT", self.folder), self.assertRaises(IndexError), build.server(self.folder):
            pass
        pid = (self.folder / "pid").read_text().strip()
        self.assertFalse(Path("/proc", pid).exists())


if __name__ == "__main__":
    unittest.main()
