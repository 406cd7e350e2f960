"""Knowledge bases through a real client."""

PRISM = [
    ("list-knowledge-bases", {}),
    ("search-articles", {"query": "billing"}),
    ("get-article", {"article_id": "kba_12"}),
    ("get-article", {"article_id": "kba_12", "locale": "en"}),
    ("draft-article", {"knowledge_base": "knb_12", "title": "Billing", "body": "Text.",
                       "author": "tea_6r55a"}),
    ("update-article-draft", {"article_id": "kba_12", "author": "tea_6r55a", "title": "Billing"}),
]


async def run(call):
    bases = await call.ok("list-knowledge-bases")
    assert len(bases["knowledge_bases"]) == 2, bases
    found = await call.ok("search-articles", query="money back")
    assert found["searched"]["complete"], found
    article = found["articles"][0]["article_id"]
    read = await call.ok("get-article", article_id=article)
    assert "refund" in read["body"], read
    drafted = await call.ok("draft-article", knowledge_base="Care team handbook", title="Keys",
                            body="Where they hang.", author="marin")
    assert drafted["status"] == "draft", drafted
    await call.ok("update-article-draft", article_id=drafted["article_id"], title="All keys",
                  author="marin")
    await call.refused("update-article-draft", "published", "published", article_id="kba_1returns",
                       title="No refunds", author="marin")
