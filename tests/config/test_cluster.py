"""The embedded server through everything that may befall it, with real servers and real signals."""

import contextlib
import os
import pwd
import signal
import stat

import psycopg
import pytest

from config.launch.cluster import SOCKET_BYTES, Cluster, Trouble
from config.launch.connection import APP, NAME, OWNER, url
from config.launch.database import cluster, serving
from tests.config.conftest import umask


def started(var) -> Cluster:
    server = cluster(var)
    server.start()
    return server


def kill(server: Cluster) -> None:
    """kill -9, and return when the kernel has buried it."""
    postmaster = server.postmaster()
    postmaster.send_signal(signal.SIGKILL)
    postmaster.wait(30)


def note(var, text) -> None:
    with psycopg.connect(url(OWNER, var)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (text text)")
        connection.execute("INSERT INTO note VALUES (%s)", [text])


def notes(var) -> list[str]:
    with psycopg.connect(url(OWNER, var)) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM note")]


def test_a_first_start_makes_a_durable_server_with_two_plain_roles(folder):
    server = started(folder / "var")
    with server.connect(NAME) as connection:
        for promise in "fsync", "synchronous_commit", "full_page_writes", "data_checksums":
            assert connection.execute(f"SHOW {promise}").fetchone() == ("on",)
        rights = "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname ~ '^trinh'"
        roles = connection.execute(rights)
        assert sorted(roles) == [(APP, False, False, False), (OWNER, False, True, False)]
    assert server.postmaster().uids().effective != 0
    assert stat.S_IMODE(server.home.stat().st_mode) == 0o700


def test_the_programs_role_makes_no_tables_and_takes_no_other_role(folder):
    started(folder / "var")
    with psycopg.connect(url(APP, folder / "var"), autocommit=True) as connection:
        own, take, loosen = "CREATE TABLE mine ()", f"SET ROLE {OWNER}", "ALTER SYSTEM SET fsync = off"
        for forbidden in own, take, loosen, "CREATE DATABASE mine":
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)


def test_stop_leaves_nothing_running_and_the_next_start_finds_the_data(folder):
    server = started(folder / "var")
    note(folder / "var", "kept")
    server.stop()
    assert (server.postmaster(), server.answers()) == (None, False)
    server.stop()
    first = started(folder / "var").postmaster()
    assert notes(folder / "var") == ["kept"]
    assert started(folder / "var").postmaster() == first


def test_what_was_confirmed_survives_kill_9_while_sessions_are_open(folder):
    server = started(folder / "var")
    note(folder / "var", "confirmed")
    with contextlib.closing(psycopg.connect(url(OWNER, folder / "var"))) as session:
        session.execute("INSERT INTO note VALUES ('not confirmed')")
        kill(server)
        server.start()
    assert notes(folder / "var") == ["confirmed"]


def test_a_pid_file_that_lies_is_not_believed(folder):
    server = started(folder / "var")
    strangers = f"{os.getpid()}\n{server.data}\n1700000000\n5432\n{server.socket}\n\n  1 2\nready\n"
    for left in "", "12", "4194999\n", strangers:
        kill(server)
        (server.data / "postmaster.pid").write_text(left)
        (server.socket / ".s.PGSQL.5432.lock").write_text(left)
        server.start()
        assert server.answers()


def test_a_pid_file_cut_short_under_a_living_server_does_not_hide_it(folder):
    server = started(folder / "var")
    running = server.postmaster()
    (server.data / "postmaster.pid").write_text("")
    server.start()
    assert server.postmaster() == running
    server.stop()
    assert server.postmaster() is None


def test_a_set_up_that_was_cut_off_is_begun_again(folder):
    server = cluster(folder / "var")
    (server.home / "data.new" / "base").mkdir(parents=True)
    os.chown(server.home, server.user.pw_uid, server.user.pw_gid)
    server.start()
    assert server.answers()


@pytest.mark.parametrize("name", ["thu-muc-" + "dai" * 40, "Báo cáo, quý 1 'nháp'"])
def test_a_long_or_odd_path_gets_a_short_and_plain_socket(folder, name):
    server = started(folder / name / "var")
    assert len(os.fsencode(server.socket / ".s.PGSQL.5432")) < SOCKET_BYTES
    assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
    note(folder / name / "var", "ok")


def test_a_closed_parent_keeps_its_mode_and_the_data_goes_where_the_server_can_reach_it(folder):
    (folder / "closed" / "trinh").mkdir(parents=True)
    (folder / "closed").chmod(0o700)
    with umask(0o077):
        server = started(folder / "closed" / "trinh" / "var")
    note(folder / "closed" / "trinh" / "var", "ok")
    assert stat.S_IMODE((folder / "closed").stat().st_mode) == 0o700
    root = os.getuid() == 0
    assert server.home.is_relative_to("/var/lib/trinh") == root
    assert server.home.is_relative_to(folder) != root
    assert cluster(folder / "closed" / "trinh" / "var").home == server.home


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_another_user_on_the_same_folder_is_told_whose_it_is(folder):
    server = started(folder / "var")
    stranger = pwd.getpwnam("daemon")
    told, tell = os.pipe()
    if os.fork() == 0:
        os.setuid(stranger.pw_uid)
        try:
            cluster(folder / "var")
        except Trouble as trouble:
            os.write(tell, str(trouble).encode())
        os._exit(0)
    os.wait()
    assert os.read(told, 1000).decode() == (
        f"{server.home} belongs to {server.user.pw_name}: run this as before, "
        f"or first `sudo chown -R daemon {server.home}`."
    )
    os.close(told)
    os.close(tell)


def test_the_server_stays_until_its_last_user_leaves(folder):
    with serving(folder / "var") as server:
        with serving(folder / "var") as same:
            pass
        assert same.answers()
    assert not server.answers()


def test_a_server_that_was_asked_to_stay_stays(folder):
    with serving(folder / "var") as server:
        (folder / "var" / "database.keep").touch()
    assert server.answers()
