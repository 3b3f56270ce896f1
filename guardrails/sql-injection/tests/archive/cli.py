import click

import store


@click.command()
@click.argument("name")
@click.option("--newest", "count")
def find(name, count):
    rows = store.newest(int(count)) if count else store.rows_named(name)
    for (path,) in rows:
        click.echo(path)


@click.command()
@click.argument("name")
def forget(name):
    store.forget(name)
