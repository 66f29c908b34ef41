"""The pages of the desk, one module a subject; ``ROUTERS`` is all that the application knows."""

from fastapi import APIRouter

from uptake.review.pages import claims, gold, history, knowledge, start

ROUTERS: tuple[APIRouter, ...] = (
    start.router,
    claims.router,
    history.router,
    knowledge.router,
    gold.router,
)
