"""The catalogue in Python with FastAPI: pydantic models, snake_case, discriminated events."""

import asyncio
import socket
import sys
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any, Literal
from uuid import UUID

import uvicorn
from fastapi import Body, FastAPI, Header, HTTPException, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field


class Category(str, Enum):
    hand_tool = "hand_tool"
    power_tool = "power_tool"
    spare_wheel = "spare_wheel"


class Supplier(BaseModel):
    id: int
    name: str
    homepage: str | None = None


class Audit(BaseModel):
    created_at: datetime
    updated_at: datetime | None = None
    version: int


class Part(BaseModel):
    id: int
    sku: UUID
    name: str
    category: Category
    description: str | None = None
    quantity: int
    price: Decimal
    weight: float = 0
    rating: float | None = None
    discontinued: bool = False
    tags: list[str] = []
    attributes: dict[str, str] = {}
    supplier: Supplier | None = None
    audit: Audit


class PartSummary(BaseModel):
    id: int
    name: str
    category: Category
    in_stock: bool


class Page(BaseModel):
    items: list[PartSummary]
    page: int
    total: int
    next_page: int | None = None


class NewPart(BaseModel):
    name: str
    category: Category
    quantity: int
    price: Decimal = Decimal("0")
    tags: list[str] = []
    description: str | None = None


class Booking(BaseModel):
    customer: str
    quantity: int = Field(ge=0)
    tags: list[str] = []
    note: str | None = None


class Created(BaseModel):
    type: Literal["created"] = "created"


class Moved(BaseModel):
    type: Literal["moved"] = "moved"
    from_site: str
    to_site: str


class Counted(BaseModel):
    type: Literal["counted"] = "counted"
    expected: int
    found: int


class Noted(BaseModel):
    type: Literal["noted"] = "noted"
    text: str


Event = Created | Moved | Counted | Noted


class Schedule(BaseModel):
    starts_at: datetime
    ends_at: datetime
    checked_at: datetime
    last_run: datetime | None = None
    day: date
    interval: timedelta
    timeout: timedelta
    grace: timedelta


class Measurements(BaseModel):
    serial: int
    offset: int
    total: float
    ratio: float
    huge: float
    large: float
    tiny: float
    small: float
    negative_zero: float
    single: float
    samples: list[float]


class Image(BaseModel):
    model_config = ConfigDict(ser_json_bytes="base64")

    name: str
    digest: bytes
    preview: bytes


class Stock(BaseModel):
    by_site: dict[str, int]
    by_shelf: dict[int, int]
    on_order: dict[str, int]
    history: dict[str, list[int]]


class Reservation(BaseModel):
    part_id: int
    customer: str | None
    quantity: int | None
    priority: tuple[int, str]


UTC = timezone.utc
EPOCH = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
SKU = "9b2f1c3d-4e5f-4a6b-8c7d-00000000000"

PARTS = [
    Part(
        id=1,
        sku=UUID(SKU + "1"),
        name="torque wrench",
        category=Category.hand_tool,
        description='click type, 1/2"',
        quantity=12,
        price=Decimal("129.50"),
        weight=2,
        rating=4.5,
        tags=["steel", "calibrated"],
        attributes={"drive": "1/2", "Range": "40-200"},
        supplier=Supplier(id=7, name="Müller & Söhne"),
        audit=Audit(
            created_at=EPOCH + timedelta(milliseconds=120),
            updated_at=EPOCH + timedelta(hours=1),
            version=3,
        ),
    ),
    Part(
        id=2,
        sku=UUID(SKU + "2"),
        name="belt",
        category=Category.spare_wheel,
        quantity=0,
        price=Decimal("0.00"),
        audit=Audit(created_at=EPOCH, version=0),
    ),
    Part(
        id=3,
        sku=UUID(SKU + "3"),
        name="impact driver",
        category=Category.power_tool,
        description="",
        quantity=3,
        price=Decimal("1.10"),
        weight=1.25,
        rating=0,
        discontinued=True,
        tags=["18 V"],
        supplier=Supplier(id=0, name="", homepage="https://example.com/?a=1&b=2"),
        audit=Audit(created_at=datetime(2023, 11, 14, 22, 13, 19, 123456, tzinfo=UTC), version=1),
    ),
]

EVENTS: dict[int, list[Event]] = {
    1: [
        Created(),
        Moved(from_site="Graz", to_site="Linz"),
        Counted(expected=12, found=0),
        Noted(text="dented"),
    ],
    2: [],
    3: [
        Moved(from_site="Linz", to_site="Wien"),
        Noted(text=""),
        Counted(expected=3, found=3),
    ],
}

app = FastAPI(title="Catalogue")


def find(part_id: int) -> Part:
    for part in PARTS:
        if part.id == part_id:
            return part
    raise HTTPException(status_code=404, detail="Part not found")


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok", "version": "1.4.0"}


@app.get("/parts")
def list_parts(category: Category | None = None, page: int = 1, limit: int = 2) -> Page:
    wanted = [part for part in PARTS if category is None or part.category == category]
    first = (page - 1) * limit
    items = [
        PartSummary(id=part.id, name=part.name, category=part.category, in_stock=part.quantity > 0)
        for part in wanted[first : first + limit]
    ]
    more = first + limit < len(wanted)
    return Page(items=items, page=page, total=len(wanted), next_page=page + 1 if more else None)


@app.post("/parts", status_code=201)
def create_part(new: NewPart, response: Response) -> Part:
    if not new.name.strip():
        raise HTTPException(status_code=400, detail="name must not be empty")
    response.headers["Location"] = "/parts/4"
    return Part(id=4, sku=UUID(SKU + "4"), audit=Audit(created_at=EPOCH, version=1), **new.model_dump())


@app.get("/parts/{part_id}")
def show_part(part_id: int) -> Part:
    return find(part_id)


@app.delete("/parts/{part_id}", status_code=204)
def remove_part(part_id: int) -> None:
    find(part_id)


@app.get("/parts/{part_id}/events")
def list_events(part_id: int) -> list[Event]:
    return EVENTS[find(part_id).id]


@app.get("/parts/{part_id}/image")
def show_image(part_id: int) -> Image:
    return Image(name="front.png", digest=bytes([251, 255, 191, 1, 0]), preview=b"")


@app.post("/bookings", status_code=201)
def book(booking: Booking) -> Booking:
    return booking


@app.get("/skus/{sku}")
def show_by_sku(sku: UUID) -> Part:
    for part in PARTS:
        if part.sku == sku:
            return part
    raise HTTPException(status_code=404, detail="SKU not found")


@app.get("/schedule")
def schedule() -> Schedule:
    return Schedule(
        starts_at=EPOCH + timedelta(milliseconds=120),
        ends_at=EPOCH + timedelta(hours=1),
        checked_at=EPOCH + timedelta(microseconds=123456),
        day=date(2023, 11, 14),
        interval=timedelta(minutes=90),
        timeout=timedelta(seconds=1.5),
        grace=timedelta(0),
    )


@app.get("/measurements")
def measurements() -> Measurements:
    return Measurements(
        serial=9007199254740993,
        offset=-9223372036854775808,
        total=100,
        ratio=0.1,
        huge=1e21,
        large=1e16,
        tiny=1e-7,
        small=0.00001,
        negative_zero=-0.0,
        single=0.1,
        samples=[1, 2.5, 3e10, 123456789.125],
    )


@app.get("/stock")
def stock() -> Stock:
    return Stock(
        by_site={"wien": 3, "Graz": 1, "linz": 0, "Übersee": 2},
        by_shelf={9: 1, 10: 2, -1: 3},
        on_order={},
        history={"2024": [1, 2], "2023": []},
    )


@app.get("/reservations")
def reservations() -> list[Reservation]:
    return [
        Reservation(part_id=1, customer="Zoë", quantity=2, priority=(1, "high")),
        Reservation(part_id=3, customer=None, quantity=None, priority=(0, "")),
    ]


@app.get("/label")
def label() -> dict[str, str]:
    return {
        "title": "grüezi, 世界",
        "markup": "<a href='x'>Tom & Jerry</a>",
        "path": 'C:\\parts/"new"',
        "controls": "tab\tline\nbell\aback\bunit\x1fdelete\x7f",
        "separators": "a\u2028b\u2029c",
        "emoji": "🔧",
        "initial": "é",
    }


@app.post("/echo")
def echo(document: Any = Body()) -> Any:
    return document


@app.post("/reindex")
def reindex() -> None:
    pass


@app.get("/old-parts")
def old_parts() -> RedirectResponse:
    return RedirectResponse("/parts")


@app.get("/failing")
def failing() -> None:
    raise RuntimeError("the store is closed")


@app.get("/greeting", response_class=PlainTextResponse)
def greet(x_user: str = Header(default="nobody")) -> str:
    return f"hello {x_user}"


async def main() -> None:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    listener = socket.create_server(("127.0.0.1", port))
    print("listening on 127.0.0.1:%d" % listener.getsockname()[1], flush=True)
    await uvicorn.Server(uvicorn.Config(app, log_level="critical")).serve(sockets=[listener])


if __name__ == "__main__":
    asyncio.run(main())
