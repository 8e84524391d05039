// Command nethttp serves the catalogue with net/http and encoding/json: snake_case tags, omitempty, plain-text errors.
package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"math"
	"net"
	"net/http"
	"strconv"
	"time"
)

type Supplier struct {
	ID       int    `json:"id"`
	Name     string `json:"name"`
	Homepage string `json:"homepage,omitempty"`
}

type Audit struct {
	CreatedAt time.Time  `json:"created_at"`
	UpdatedAt *time.Time `json:"updated_at,omitempty"`
	Version   int        `json:"version"`
}

type Part struct {
	ID           uint64            `json:"id"`
	SKU          string            `json:"sku"`
	Name         string            `json:"name"`
	Category     string            `json:"category"`
	Description  string            `json:"description,omitempty"`
	Quantity     int               `json:"quantity,omitempty"`
	Price        float64           `json:"price"`
	Weight       float64           `json:"weight"`
	Rating       *float64          `json:"rating,omitempty"`
	Discontinued bool              `json:"discontinued,omitempty"`
	Tags         []string          `json:"tags"`
	Attributes   map[string]string `json:"attributes"`
	Supplier     *Supplier         `json:"supplier,omitempty"`
	Audit
}

type PartSummary struct {
	ID       uint64 `json:"id"`
	Name     string `json:"name"`
	Category string `json:"category"`
	InStock  bool   `json:"in_stock"`
}

type Page struct {
	Items    []PartSummary `json:"items"`
	Page     int           `json:"page"`
	Total    int           `json:"total"`
	NextPage int           `json:"next_page,omitempty"`
}

type NewPart struct {
	Name        string   `json:"name"`
	Category    string   `json:"category"`
	Quantity    int      `json:"quantity"`
	Price       float64  `json:"price"`
	Tags        []string `json:"tags"`
	Description string   `json:"description"`
}

type Booking struct {
	Customer string   `json:"customer"`
	Quantity uint32   `json:"quantity"`
	Tags     []string `json:"tags"`
	Note     string   `json:"note,omitempty"`
}

type Event struct {
	Kind     string
	FromSite string `json:",omitempty"`
	ToSite   string `json:",omitempty"`
	Expected *int   `json:",omitempty"`
	Found    *int   `json:",omitempty"`
	Text     string `json:",omitempty"`
}

type Schedule struct {
	StartsAt  time.Time
	EndsAt    time.Time
	CheckedAt time.Time
	LastRun   time.Time
	Day       time.Time
	Interval  time.Duration
	Timeout   time.Duration
	Grace     time.Duration
}

type Measurements struct {
	Serial       uint64    `json:"serial"`
	Offset       int64     `json:"offset"`
	Total        float64   `json:"total"`
	Ratio        float64   `json:"ratio"`
	Huge         float64   `json:"huge"`
	Large        float64   `json:"large"`
	Tiny         float64   `json:"tiny"`
	Small        float64   `json:"small"`
	NegativeZero float64   `json:"negative_zero"`
	Single       float32   `json:"single"`
	Samples      []float64 `json:"samples"`
}

type Image struct {
	Name    string `json:"name"`
	Digest  []byte `json:"digest"`
	Preview []byte `json:"preview"`
}

type Stock struct {
	BySite  map[string]int   `json:"by_site"`
	ByShelf map[int]int      `json:"by_shelf"`
	OnOrder map[string]int   `json:"on_order"`
	History map[string][]int `json:"history"`
}

type Priority struct {
	Level int
	Name  string
}

type Reservation struct {
	PartID   uint64         `json:"part_id"`
	Customer sql.NullString `json:"customer"`
	Quantity sql.NullInt64  `json:"quantity"`
	Priority Priority       `json:"priority"`
}

type Label struct {
	Title      string `json:"title"`
	Markup     string `json:"markup"`
	Path       string `json:"path"`
	Controls   string `json:"controls"`
	Separators string `json:"separators"`
	Emoji      string `json:"emoji"`
	Initial    rune   `json:"initial"`
}

var errNotFound = errors.New("part not found")

func at(seconds, nanos int64) time.Time { return time.Unix(seconds, nanos).UTC() }

func parts() []Part {
	updated := at(1_700_003_600, 0)
	rating, none := 4.5, 0.0
	return []Part{
		{
			ID: 1, SKU: "9b2f1c3d-4e5f-4a6b-8c7d-000000000001", Name: "torque wrench", Category: "hand_tool",
			Description: `click type, 1/2"`, Quantity: 12, Price: 129.50, Weight: 2, Rating: &rating,
			Tags:       []string{"steel", "calibrated"},
			Attributes: map[string]string{"drive": "1/2", "Range": "40-200"},
			Supplier:   &Supplier{ID: 7, Name: "Müller & Söhne"},
			Audit:      Audit{CreatedAt: at(1_700_000_000, 120_000_000), UpdatedAt: &updated, Version: 3},
		},
		{
			ID: 2, SKU: "9b2f1c3d-4e5f-4a6b-8c7d-000000000002", Name: "belt", Category: "spare_wheel",
			Audit: Audit{CreatedAt: at(1_700_000_000, 0)},
		},
		{
			ID: 3, SKU: "9b2f1c3d-4e5f-4a6b-8c7d-000000000003", Name: "impact driver", Category: "power_tool",
			Quantity: 3, Price: 1.10, Weight: 1.25, Rating: &none, Discontinued: true,
			Tags:     []string{"18 V"},
			Supplier: &Supplier{Homepage: "https://example.com/?a=1&b=2"},
			Audit:    Audit{CreatedAt: at(1_699_999_999, 123_456_789), Version: 1},
		},
	}
}

func find(text string) (Part, error) {
	id, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return Part{}, err
	}
	for _, part := range parts() {
		if part.ID == id {
			return part, nil
		}
	}
	return Part{}, errNotFound
}

// fail answers with the status of an error of find.
func fail(w http.ResponseWriter, err error) {
	status := http.StatusBadRequest
	if errors.Is(err, errNotFound) {
		status = http.StatusNotFound
	}
	http.Error(w, err.Error(), status)
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		log.Print(err)
	}
}

func list(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	page, _ := strconv.Atoi(query.Get("page"))
	limit, _ := strconv.Atoi(query.Get("limit"))
	if page < 1 {
		page = 1
	}
	if limit < 1 {
		limit = 2
	}
	category := query.Get("category")
	answer := Page{Page: page}
	for _, part := range parts() {
		if category != "" && part.Category != category {
			continue
		}
		if answer.Total >= (page-1)*limit && len(answer.Items) < limit {
			answer.Items = append(answer.Items, PartSummary{part.ID, part.Name, part.Category, part.Quantity > 0})
		}
		answer.Total++
	}
	if page*limit < answer.Total {
		answer.NextPage = page + 1
	}
	writeJSON(w, http.StatusOK, answer)
}

func create(w http.ResponseWriter, r *http.Request) {
	var body NewPart
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if body.Name == "" {
		http.Error(w, "name must not be empty", http.StatusBadRequest)
		return
	}
	w.Header().Set("Location", "/parts/4")
	writeJSON(w, http.StatusCreated, Part{
		ID: 4, SKU: "9b2f1c3d-4e5f-4a6b-8c7d-000000000004", Name: body.Name, Category: body.Category,
		Description: body.Description, Quantity: body.Quantity, Price: body.Price, Tags: body.Tags,
		Audit: Audit{CreatedAt: at(1_700_000_000, 0), Version: 1},
	})
}

func book(w http.ResponseWriter, r *http.Request) {
	var booking Booking
	if err := json.NewDecoder(r.Body).Decode(&booking); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	writeJSON(w, http.StatusCreated, booking)
}

func show(w http.ResponseWriter, r *http.Request) {
	part, err := find(r.PathValue("id"))
	if err != nil {
		fail(w, err)
		return
	}
	writeJSON(w, http.StatusOK, part)
}

func remove(w http.ResponseWriter, r *http.Request) {
	if _, err := find(r.PathValue("id")); err != nil {
		fail(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func bySKU(w http.ResponseWriter, r *http.Request) {
	for _, part := range parts() {
		if part.SKU == r.PathValue("sku") {
			writeJSON(w, http.StatusOK, part)
			return
		}
	}
	fail(w, errNotFound)
}

func events(w http.ResponseWriter, r *http.Request) {
	part, err := find(r.PathValue("id"))
	if err != nil {
		fail(w, err)
		return
	}
	twelve, three, zero := 12, 3, 0
	var found []Event
	switch part.ID {
	case 1:
		found = []Event{
			{Kind: "created"},
			{Kind: "moved", FromSite: "Graz", ToSite: "Linz"},
			{Kind: "counted", Expected: &twelve, Found: &zero},
			{Kind: "noted", Text: "dented"},
		}
	case 3:
		found = []Event{
			{Kind: "moved", FromSite: "Linz", ToSite: "Wien"},
			{Kind: "noted"},
			{Kind: "counted", Expected: &three, Found: &three},
		}
	}
	writeJSON(w, http.StatusOK, found)
}

func image(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, Image{Name: "front.png", Digest: []byte{251, 255, 191, 1, 0}})
}

func schedule(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, Schedule{
		StartsAt: at(1_700_000_000, 120_000_000), EndsAt: at(1_700_003_600, 0), CheckedAt: at(1_700_000_000, 123_456_789),
		Day:      time.Date(2023, 11, 14, 0, 0, 0, 0, time.UTC),
		Interval: 90 * time.Minute, Timeout: 1500 * time.Millisecond,
	})
}

func measurements(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, Measurements{
		Serial: 9007199254740993, Offset: -9223372036854775808, Total: 100, Ratio: 0.1, Huge: 1e21, Large: 1e16,
		Tiny: 1e-7, Small: 0.00001, NegativeZero: math.Copysign(0, -1), Single: 0.1,
		Samples: []float64{1, 2.5, 3e10, 123456789.125},
	})
}

func stock(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, Stock{
		BySite:  map[string]int{"wien": 3, "Graz": 1, "linz": 0, "Übersee": 2},
		ByShelf: map[int]int{9: 1, 10: 2, -1: 3},
		History: map[string][]int{"2024": {1, 2}, "2023": nil},
	})
}

func reservations(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, []Reservation{
		{
			PartID: 1, Customer: sql.NullString{String: "Zoë", Valid: true},
			Quantity: sql.NullInt64{Int64: 2, Valid: true}, Priority: Priority{1, "high"},
		},
		{PartID: 3},
	})
}

func label(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, Label{
		Title: "grüezi, 世界", Markup: "<a href='x'>Tom & Jerry</a>", Path: `C:\parts/"new"`,
		Controls: "tab\tline\nbell\aback\bunit\x1fdelete\x7f", Separators: "a\u2028b\u2029c", Emoji: "🔧", Initial: 'é',
	})
}

func echo(w http.ResponseWriter, r *http.Request) {
	var document any
	if err := json.NewDecoder(r.Body).Decode(&document); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	writeJSON(w, http.StatusOK, document)
}

func greet(w http.ResponseWriter, r *http.Request) {
	who := r.Header.Get("X-User")
	if who == "" {
		who = "nobody"
	}
	fmt.Fprintf(w, "hello %s", who)
}

func main() {
	port := flag.Int("port", 0, "port to listen on, 0 for any free one")
	flag.Parse()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, http.StatusOK, map[string]string{"status": "ok", "version": "1.4.0"})
	})
	mux.HandleFunc("GET /parts", list)
	mux.HandleFunc("POST /parts", create)
	mux.HandleFunc("GET /parts/{id}", show)
	mux.HandleFunc("DELETE /parts/{id}", remove)
	mux.HandleFunc("GET /parts/{id}/events", events)
	mux.HandleFunc("GET /parts/{id}/image", image)
	mux.HandleFunc("POST /bookings", book)
	mux.HandleFunc("GET /skus/{sku}", bySKU)
	mux.HandleFunc("GET /schedule", schedule)
	mux.HandleFunc("GET /measurements", measurements)
	mux.HandleFunc("GET /stock", stock)
	mux.HandleFunc("GET /reservations", reservations)
	mux.HandleFunc("GET /label", label)
	mux.HandleFunc("POST /echo", echo)
	mux.HandleFunc("POST /reindex", func(w http.ResponseWriter, r *http.Request) {})
	mux.Handle("GET /old-parts", http.RedirectHandler("/parts", http.StatusMovedPermanently))
	mux.HandleFunc("GET /failing", func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "the store is closed", http.StatusInternalServerError)
	})
	mux.HandleFunc("GET /greeting", greet)
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on %s\n", listener.Addr())
	log.Fatal(http.Serve(listener, mux))
}
