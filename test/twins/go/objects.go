package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	maxObjectBytes = 1 << 20
	maxKeyBytes    = 1024
	maxListed      = 10_000
	maxUploads     = 4
)

type object struct {
	content     []byte
	contentType string
	etag        string
}

type objectInfo struct {
	Key  string `json:"key"`
	Size int    `json:"size"`
	ETag string `json:"etag"`
}

type listing struct {
	Objects   []objectInfo `json:"objects"`
	Truncated bool         `json:"truncated"`
}

type store struct {
	mu      sync.RWMutex
	objects map[string]object
	uploads chan struct{}
}

func newStore() *store {
	return &store{objects: map[string]object{}, uploads: make(chan struct{}, maxUploads)}
}

func (s *store) put(w http.ResponseWriter, r *http.Request) {
	key, ok := objectKey(w, r)
	if !ok {
		return
	}
	if r.ContentLength > maxObjectBytes {
		refuse(w, http.StatusRequestEntityTooLarge, "too_large", "object is larger than 1048576 bytes")
		return
	}
	select {
	case s.uploads <- struct{}{}:
		defer func() { <-s.uploads }()
	default:
		w.Header().Set("Retry-After", "5")
		refuse(w, http.StatusServiceUnavailable, "busy", "too many uploads at a time")
		return
	}
	content, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxObjectBytes))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		writeError(w, http.StatusRequestEntityTooLarge, "too_large", "object is larger than 1048576 bytes")
		return
	}
	if err != nil {
		writeError(w, http.StatusBadRequest, "upload_aborted", err.Error())
		return
	}
	stored := newObject(content, r.Header.Get("Content-Type"))
	status := http.StatusCreated
	if s.save(key, stored) {
		status = http.StatusOK
	}
	w.Header().Set("ETag", `"`+stored.etag+`"`)
	writeJSON(w, status, objectInfo{key, len(content), stored.etag})
}

func (s *store) get(w http.ResponseWriter, r *http.Request) {
	key, ok := objectKey(w, r)
	if !ok {
		return
	}
	s.mu.RLock()
	found, ok := s.objects[key]
	s.mu.RUnlock()
	if !ok {
		writeError(w, http.StatusNotFound, "not_found", "no object with this key")
		return
	}
	w.Header().Set("Content-Type", found.contentType)
	w.Header().Set("ETag", `"`+found.etag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(found.content))
}

func (s *store) delete(w http.ResponseWriter, r *http.Request) {
	key, ok := objectKey(w, r)
	if !ok {
		return
	}
	s.mu.Lock()
	_, found := s.objects[key]
	delete(s.objects, key)
	s.mu.Unlock()
	if !found {
		writeError(w, http.StatusNotFound, "not_found", "no object with this key")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *store) list(w http.ResponseWriter, r *http.Request) {
	prefix := r.URL.Query().Get("prefix")
	var infos []objectInfo
	s.mu.RLock()
	for key, found := range s.objects {
		if strings.HasPrefix(key, prefix) {
			infos = append(infos, objectInfo{key, len(found.content), found.etag})
		}
	}
	s.mu.RUnlock()
	slices.SortFunc(infos, func(a, b objectInfo) int { return strings.Compare(a.Key, b.Key) })
	truncated := len(infos) > maxListed
	if truncated {
		infos = infos[:maxListed]
	}
	writeJSON(w, http.StatusOK, listing{infos, truncated})
}

// save stores an object and tells whether it replaced one.
func (s *store) save(key string, stored object) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, replaced := s.objects[key]
	s.objects[key] = stored
	return replaced
}

func newObject(content []byte, contentType string) object {
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	sum := sha256.Sum256(content)
	return object{content, contentType, hex.EncodeToString(sum[:16])}
}

// refuse answers before the body is read: the connection ends, so that nobody waits for the rest of it.
func refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Connection", "close")
	writeError(w, status, code, message)
}

func objectKey(w http.ResponseWriter, r *http.Request) (string, bool) {
	key := r.PathValue("key")
	if problem := keyProblem(key); problem != "" {
		writeError(w, http.StatusBadRequest, "bad_key", problem)
		return "", false
	}
	return key, true
}

func keyProblem(key string) string {
	switch {
	case key == "":
		return "key is empty"
	case len(key) > maxKeyBytes:
		return "key is longer than 1024 bytes"
	case key[0] == '/':
		return "key begins with a slash"
	case strings.ContainsAny(key, "\x00\r\n\t"):
		return "key holds a control character"
	case slices.Contains(strings.Split(key, "/"), ".."):
		return "key holds a .. component"
	}
	return ""
}
