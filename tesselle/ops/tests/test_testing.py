import psycopg


def test_the_whole_run_shares_one_database(embedded_database):
    with psycopg.connect(embedded_database) as session:
        row = session.execute("SELECT current_user, current_setting('fsync')").fetchone()

    assert row == ("tesselle", "off")
