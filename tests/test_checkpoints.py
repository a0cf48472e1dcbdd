import numpy as np
import pytest

from course import checkpoints
from course.backend import keras

pytestmark = pytest.mark.keras


def variables(*values):
    return [keras.Variable(np.array(value, "float32")) for value in values]


def test_what_is_restored_is_what_was_saved(tmp_path):
    file = tmp_path / "new folder" / "run.npz"
    checkpoints.save(file, variables([1, 2], 3), {"losses": [0.5]}, best_weights=[np.array([7.0])])
    others = variables([0, 0], 0)
    history, best = checkpoints.restore(file, others)
    assert history == {"losses": [0.5]}
    assert [array.tolist() for array in best] == [[7.0]]
    assert [keras.ops.convert_to_numpy(variable).tolist() for variable in others] == [[1, 2], 3]
    assert [path.name for path in file.parent.iterdir()] == ["run.npz"]


@pytest.mark.parametrize("values", [([0, 0, 0], 0), ([0, 0],), ([0, 0], 0, 0)])
def test_the_checkpoint_of_another_model_changes_nothing(tmp_path, values):
    file = tmp_path / "run.npz"
    checkpoints.save(file, variables([1, 2], 3), {})
    others = variables(*values)
    with pytest.raises(ValueError, match="delete it to begin anew"):
        checkpoints.restore(file, others)
    assert all(not keras.ops.convert_to_numpy(variable).any() for variable in others)


def test_a_cut_file_is_told_apart_from_a_checkpoint(tmp_path):
    file = tmp_path / "run.npz"
    checkpoints.save(file, variables([1, 2]), {})
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(ValueError, match="expected a checkpoint of this model"):
        checkpoints.restore(file, variables([0, 0]))


def test_a_failing_write_leaves_the_old_checkpoint_alone(tmp_path, monkeypatch):
    file = tmp_path / "run.npz"
    checkpoints.save(file, variables([1]), {"epoch": 1})

    def full(*_, **__):
        raise OSError("no space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="no space"):
        checkpoints.save(file, variables([2]), {"epoch": 2})
    assert [path.name for path in tmp_path.iterdir()] == ["run.npz"]
    assert checkpoints.restore(file, variables([0]))[0] == {"epoch": 1}
