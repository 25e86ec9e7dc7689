import multiprocessing
import random
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsroom
from newsgen import intake, refresh
from newsgen.progress import Silent
from newsgen.spread import _WINDOW, batched, spread


@given(st.lists(st.integers()), st.integers(1, 9))
def test_batches_joined_are_the_items(items, size):
    batches = list(batched(items, size))
    assert [item for batch in batches for item in batch] == items
    assert all(len(batch) == size for batch in batches[:-1])
    assert all(0 < len(batch) <= size for batch in batches)


def slowly(number):
    time.sleep(0.002 * (number % 3))
    return number * number


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 40])
def test_results_come_in_the_order_of_the_jobs(count):
    jobs = range(count)
    with ThreadPoolExecutor(4) as workers:
        assert list(spread(workers, slowly, jobs)) == list(spread(None, slowly, jobs))


@pytest.mark.parametrize("helped", [False, True])
def test_an_error_of_a_job_is_raised_here_and_the_rest_dropped(helped):
    done = []

    def work(number):
        time.sleep(0.01)
        if number == 3:
            raise ValueError("three")
        done.append(number)
        return number

    with ThreadPoolExecutor(1) as workers:
        results = spread(workers if helped else None, work, range(1000))
        with pytest.raises(ValueError, match="three"):
            list(results)
    assert len(done) < 20


def test_jobs_are_drawn_as_they_are_needed():
    drawn = []

    def jobs():
        for number in range(10_000):
            drawn.append(number)
            yield number

    with ThreadPoolExecutor(2) as workers:
        results = spread(workers, slowly, jobs())
        assert next(results) == 0
        assert len(drawn) <= _WINDOW + 1
        results.close()


def test_silence_is_told_nothing():
    assert Silent().start("pages", 3) is Silent().advance(1) is None


def forget_presses():
    """Close what a worker keeps open between batches, in the thread that opened it."""
    for press in refresh._presses.values():
        press.catalog.connection.close()
    refresh._presses.clear()


def one_thread():
    return ThreadPoolExecutor(1)


def two_processes():
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))


@pytest.mark.parametrize("make", [one_thread, two_processes])
def test_a_site_is_the_same_whoever_does_the_work(archive, tmp_path, monkeypatch, make):
    # Workers are for large archives; here a small one goes to them too.
    for module in (intake, refresh):
        monkeypatch.setattr(module, "_FEW", 1)
    rng = random.Random(5)
    site = archive()
    for number in range(40):
        site.write(f"articles/{number}.txt", newsroom.article(rng, []))
    with make() as workers:
        site.build(workers=workers)
        site.write("articles/7.txt", newsroom.article(rng, []))
        site.write("newsgen.yaml", "title: Another title\n")
        site.build(workers=workers)
        workers.submit(forget_presses).result()
    assert site.tree() == site.clean_tree(tmp_path / "clean")
