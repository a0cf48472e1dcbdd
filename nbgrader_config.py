"""nbgrader's view of the course: `solutions/` is written by hand, `exercises/` is generated from it.

After a change in solutions/:  nbgrader generate_assignment 05_lstm_gates --no-db --force
"""

from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ComputeChecksums,
    LockCells,
)

from course.grading.release import NamedStubs, RefuseToExecute

c = get_config()  # noqa: F821, given by nbgrader

c.CourseDirectory.course_id = "sequence-models"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.GenerateAssignment.preprocessors = [
    LockCells,
    NamedStubs,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,  # once more: hidden tests are gone
    CheckCellMetadata,
]
c.Autograde.sanitize_preprocessors = [RefuseToExecute]  # formgrader's button runs answers as you, without a sandbox
