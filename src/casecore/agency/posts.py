"""The posts that a host's plugins bring, read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casecore.hooks import load_plugins
from casecore.staff.posts import Post, read_post
from casecore.terms import NotReadable, Problem


def posts_of(plugins: Sequence[str | object]) -> Mapping[str, Post]:
    """
    Every post that the plugins named bring, by name, in the host's order.

    Args:
        plugins: Names of installed plugins, or modules and objects, as for `Agency.open`.

    Raises:
        NotKnown: No installed distribution announces a plugin of that name.
        PluginFault: A plugin cannot be loaded, fails, or brings a name that another brings too.
        NotReadable: A post cannot be read, or calls itself by another name.
    """
    found: dict[str, Post] = {}
    for name, text in load_plugins(plugins).posts().items():
        post = read_post(text)
        if post.name != name:
            raise NotReadable([Problem("post.name", f"must be {name}, under which a plugin brings it")], what="post")
        found[name] = post
    return found
