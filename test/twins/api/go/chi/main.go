// Command chi serves the catalogue with the chi router: camelCase tags, pointers for what may be missing, JSON errors.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"math"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

type Category int

const (
	HandTool Category = iota
	PowerTool
	SpareWheel
)

type Supplier struct {
	ID       int     `json:"id"`
	Name     string  `json:"name"`
	Homepage *string `json:"homepage"`
}

type Audit struct {
	CreatedAt time.Time  `json:"createdAt"`
	UpdatedAt *time.Time `json:"updatedAt"`
	Version   int        `json:"version"`
}

type Part struct {
	ID           string            `json:"id"`
	SKU          string            `json:"sku"`
	Name         string            `json:"name"`
	Category     Category          `json:"category"`
	Description  *string           `json:"description"`
	Quantity     int               `json:"quantity"`
	Price        string            `json:"price"`
	Weight       float64           `json:"weight"`
	Rating       *float64          `json:"rating"`
	Discontinued bool              `json:"discontinued"`
	Tags         []string          `json:"tags"`
	Attributes   map[string]string `json:"attributes"`
	Supplier     *Supplier         `json:"supplier"`
	Audit        Audit             `json:"audit"`
}

type PartSummary struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Category Category `json:"category"`
	InStock  bool     `json:"inStock"`
}

type Page struct {
	Items    []PartSummary `json:"items"`
	Page     int           `json:"page"`
	Total    int           `json:"total"`
	NextPage *int          `json:"nextPage"`
}

type NewPart struct {
	Name        *string   `json:"name"`
	Category    *Category `json:"category"`
	Quantity    *int      `json:"quantity"`
	Price       string    `json:"price"`
	Tags        []string  `json:"tags"`
	Description *string   `json:"description"`
}

type Booking struct {
	Customer *string  `json:"customer"`
	Quantity *uint32  `json:"quantity"`
	Tags     []string `json:"tags"`
	Note     *string  `json:"note"`
}

type Event struct {
	Type    string `json:"type"`
	Payload any    `json:"payload,omitempty"`
}

type Moved struct {
	FromSite string `json:"fromSite"`
	ToSite   string `json:"toSite"`
}

type Counted struct {
	Expected int `json:"expected"`
	Found    int `json:"found"`
}

type Schedule struct {
	StartsAt  time.Time  `json:"startsAt"`
	EndsAt    time.Time  `json:"endsAt"`
	CheckedAt time.Time  `json:"checkedAt"`
	LastRun   *time.Time `json:"lastRun"`
	Day       string     `json:"day"`
	Interval  string     `json:"interval"`
	Timeout   string     `json:"timeout"`
	Grace     string     `json:"grace"`
}

type Measurements struct {
	Serial       uint64    `json:"serial,string"`
	Offset       int64     `json:"offset,string"`
	Total        float64   `json:"total"`
	Ratio        float64   `json:"ratio"`
	Huge         float64   `json:"huge"`
	Large        float64   `json:"large"`
	Tiny         float64   `json:"tiny"`
	Small        float64   `json:"small"`
	NegativeZero float64   `json:"negativeZero"`
	Single       float64   `json:"single"`
	Samples      []float64 `json:"samples"`
}

type Image struct {
	Name    string  `json:"name"`
	Digest  [5]byte `json:"digest"`
	Preview []byte  `json:"preview"`
}

type Stock struct {
	BySite  map[string]int   `json:"bySite"`
	ByShelf map[int]int      `json:"byShelf"`
	OnOrder map[string]int   `json:"onOrder"`
	History map[string][]int `json:"history"`
}

type Reservation struct {
	PartID   string  `json:"partId"`
	Customer *string `json:"customer"`
	Quantity *int64  `json:"quantity"`
	Priority []any   `json:"priority"`
}

type Label struct {
	Title      string `json:"title"`
	Markup     string `json:"markup"`
	Path       string `json:"path"`
	Controls   string `json:"controls"`
	Separators string `json:"separators"`
	Emoji      string `json:"emoji"`
	Initial    string `json:"initial"`
}

type Problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

func at(seconds, nanos int64) time.Time { return time.Unix(seconds, nanos).UTC() }

func of[T any](value T) *T { return &value }

func parts() []Part {
	return []Part{
		{
			ID: "1", SKU: "9b2f1c3d-4e5f-4a6b-8c7d-000000000001", Name: "torque wrench", Category: HandTool,
			Description: of(`click type, 1/2"`), Quantity: 12, Price: "129.50", Weight: 2, Rating: of(4.5),
			Tags:       []string{"steel", "calibrated"},
			Attributes: map[string]string{"drive": "1/2", "Range": "40-200"},
			Supplier:   &Supplier{ID: 7, Name: "Müller & Söhne"},
			Audit:      Audit{CreatedAt: at(1_700_000_000, 120_000_000), UpdatedAt: of(at(1_700_003_600, 0)), Version: 3},
		},
		{
			ID: "2", SKU: "9b2f1c3d-4e5f-4a6b-8c7d-000000000002", Name: "belt", Category: SpareWheel, Price: "0.00",
			Tags: []string{}, Attributes: map[string]string{}, Audit: Audit{CreatedAt: at(1_700_000_000, 0)},
		},
		{
			ID: "3", SKU: "9b2f1c3d-4e5f-4a6b-8c7d-000000000003", Name: "impact driver", Category: PowerTool,
			Description: of(""), Quantity: 3, Price: "1.10", Weight: 1.25, Rating: of(0.0), Discontinued: true,
			Tags: []string{"18 V"}, Attributes: map[string]string{},
			Supplier: &Supplier{Homepage: of("https://example.com/?a=1&b=2")},
			Audit:    Audit{CreatedAt: at(1_699_999_999, 123_456_789), Version: 1},
		},
	}
}

func find(id string) *Part {
	for _, part := range parts() {
		if part.ID == id {
			return &part
		}
	}
	return nil
}

func respond(w http.ResponseWriter, status int, body any) {
	encoded, err := json.Marshal(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(encoded)
}

func refuse(w http.ResponseWriter, status int, problem Problem) {
	respond(w, status, map[string]Problem{"error": problem})
}

func notFound(w http.ResponseWriter, what string) {
	refuse(w, http.StatusNotFound, Problem{"not_found", what + " not found"})
}

func list(w http.ResponseWriter, r *http.Request) {
	page, limit := 1, 2
	for name, target := range map[string]*int{"page": &page, "limit": &limit} {
		text := r.URL.Query().Get(name)
		if text == "" {
			continue
		}
		number, err := strconv.Atoi(text)
		if err != nil || number < 1 {
			refuse(w, http.StatusBadRequest, Problem{"bad_query", name + " must be a positive number"})
			return
		}
		*target = number
	}
	category := r.URL.Query().Get("category")
	answer := Page{Items: []PartSummary{}, Page: page}
	for _, part := range parts() {
		if category != "" && strconv.Itoa(int(part.Category)) != category {
			continue
		}
		if answer.Total >= (page-1)*limit && len(answer.Items) < limit {
			answer.Items = append(answer.Items, PartSummary{part.ID, part.Name, part.Category, part.Quantity > 0})
		}
		answer.Total++
	}
	if page*limit < answer.Total {
		answer.NextPage = of(page + 1)
	}
	respond(w, http.StatusOK, answer)
}

// missing names the first required field that is not there.
func missing(body NewPart) string {
	switch {
	case body.Name == nil || *body.Name == "":
		return "name"
	case body.Category == nil:
		return "category"
	case body.Quantity == nil:
		return "quantity"
	}
	return ""
}

func create(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		refuse(w, http.StatusRequestEntityTooLarge, Problem{"too_large", err.Error()})
		return
	}
	var body NewPart
	if err := json.Unmarshal(raw, &body); err != nil {
		refuse(w, http.StatusBadRequest, Problem{"bad_json", err.Error()})
		return
	}
	if field := missing(body); field != "" {
		refuse(w, http.StatusUnprocessableEntity, Problem{"validation", field + " is required"})
		return
	}
	if body.Price == "" {
		body.Price = "0"
	}
	w.Header().Set("Location", "/parts/4")
	respond(w, http.StatusCreated, Part{
		ID: "4", SKU: "9b2f1c3d-4e5f-4a6b-8c7d-000000000004", Name: *body.Name, Category: *body.Category,
		Description: body.Description, Quantity: *body.Quantity, Price: body.Price, Tags: body.Tags,
		Attributes: map[string]string{}, Audit: Audit{CreatedAt: at(1_700_000_000, 0), Version: 1},
	})
}

func book(w http.ResponseWriter, r *http.Request) {
	var booking Booking
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&booking); err != nil {
		refuse(w, http.StatusBadRequest, Problem{"bad_json", err.Error()})
		return
	}
	if booking.Customer == nil || booking.Quantity == nil {
		refuse(w, http.StatusUnprocessableEntity, Problem{"validation", "customer and quantity are required"})
		return
	}
	if booking.Tags == nil {
		booking.Tags = []string{}
	}
	respond(w, http.StatusCreated, booking)
}

func show(w http.ResponseWriter, r *http.Request) {
	part := find(chi.URLParam(r, "id"))
	if part == nil {
		notFound(w, "part")
		return
	}
	respond(w, http.StatusOK, part)
}

func remove(w http.ResponseWriter, r *http.Request) {
	if find(chi.URLParam(r, "id")) == nil {
		notFound(w, "part")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func bySKU(w http.ResponseWriter, r *http.Request) {
	for _, part := range parts() {
		if part.SKU == chi.URLParam(r, "sku") {
			respond(w, http.StatusOK, part)
			return
		}
	}
	notFound(w, "sku")
}

func events(w http.ResponseWriter, r *http.Request) {
	found := map[string][]Event{
		"1": {
			{Type: "created"},
			{Type: "moved", Payload: Moved{"Graz", "Linz"}},
			{Type: "counted", Payload: Counted{12, 0}},
			{Type: "noted", Payload: "dented"},
		},
		"2": {},
		"3": {
			{Type: "moved", Payload: Moved{"Linz", "Wien"}},
			{Type: "noted", Payload: ""},
			{Type: "counted", Payload: Counted{3, 3}},
		},
	}[chi.URLParam(r, "id")]
	if found == nil {
		notFound(w, "part")
		return
	}
	respond(w, http.StatusOK, found)
}

func image(w http.ResponseWriter, _ *http.Request) {
	respond(w, http.StatusOK, Image{Name: "front.png", Digest: [5]byte{251, 255, 191, 1, 0}, Preview: []byte{}})
}

func schedule(w http.ResponseWriter, _ *http.Request) {
	respond(w, http.StatusOK, Schedule{
		StartsAt: at(1_700_000_000, 120_000_000), EndsAt: at(1_700_003_600, 0), CheckedAt: at(1_700_000_000, 123_456_789),
		Day: "2023-11-14", Interval: (90 * time.Minute).String(), Timeout: (1500 * time.Millisecond).String(),
		Grace: time.Duration(0).String(),
	})
}

func measurements(w http.ResponseWriter, _ *http.Request) {
	respond(w, http.StatusOK, Measurements{
		Serial: 9007199254740993, Offset: math.MinInt64, Total: 100, Ratio: 0.1, Huge: 1e21, Large: 1e16,
		Tiny: 1e-7, Small: 0.00001, NegativeZero: math.Copysign(0, -1), Single: float64(float32(0.1)),
		Samples: []float64{1, 2.5, 3e10, 123456789.125},
	})
}

func stock(w http.ResponseWriter, _ *http.Request) {
	respond(w, http.StatusOK, Stock{
		BySite:  map[string]int{"wien": 3, "Graz": 1, "linz": 0, "Übersee": 2},
		ByShelf: map[int]int{9: 1, 10: 2, -1: 3},
		OnOrder: map[string]int{},
		History: map[string][]int{"2024": {1, 2}, "2023": {}},
	})
}

func reservations(w http.ResponseWriter, _ *http.Request) {
	respond(w, http.StatusOK, []Reservation{
		{PartID: "1", Customer: of("Zoë"), Quantity: of(int64(2)), Priority: []any{1, "high"}},
		{PartID: "3", Priority: []any{0, ""}},
	})
}

func label(w http.ResponseWriter, _ *http.Request) {
	respond(w, http.StatusOK, Label{
		Title: "grüezi, 世界", Markup: "<a href='x'>Tom & Jerry</a>", Path: `C:\parts/"new"`,
		Controls: "tab\tline\nbell\aback\bunit\x1fdelete\x7f", Separators: "a\u2028b\u2029c", Emoji: "🔧", Initial: "é",
	})
}

func echo(w http.ResponseWriter, r *http.Request) {
	var document json.RawMessage
	if err := json.NewDecoder(r.Body).Decode(&document); err != nil {
		refuse(w, http.StatusBadRequest, Problem{"bad_json", err.Error()})
		return
	}
	respond(w, http.StatusOK, document)
}

func greet(w http.ResponseWriter, r *http.Request) {
	who := r.Header.Get("X-User")
	if who == "" {
		who = "nobody"
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = fmt.Fprintf(w, "hello %s", who)
}

func main() {
	port := flag.Int("port", 0, "port to listen on, 0 for any free one")
	flag.Parse()
	log.SetOutput(io.Discard)
	router := chi.NewRouter()
	router.Use(middleware.Recoverer, middleware.GetHead)
	router.Get("/health", func(w http.ResponseWriter, _ *http.Request) {
		respond(w, http.StatusOK, map[string]string{"status": "ok", "version": "1.4.0"})
	})
	router.Route("/parts", func(router chi.Router) {
		router.Get("/", list)
		router.Post("/", create)
		router.Get("/{id}", show)
		router.Delete("/{id}", remove)
		router.Get("/{id}/events", events)
		router.Get("/{id}/image", image)
	})
	router.Post("/bookings", book)
	router.Get("/skus/{sku}", bySKU)
	router.Get("/schedule", schedule)
	router.Get("/measurements", measurements)
	router.Get("/stock", stock)
	router.Get("/reservations", reservations)
	router.Get("/label", label)
	router.Post("/echo", echo)
	router.Post("/reindex", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) })
	router.Get("/old-parts", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/parts", http.StatusFound)
	})
	router.Get("/failing", func(http.ResponseWriter, *http.Request) { panic("the store is closed") })
	router.Get("/greeting", greet)
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on %s\n", listener.Addr())
	log.Fatal(http.Serve(listener, router))
}
