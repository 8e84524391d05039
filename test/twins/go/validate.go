package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
)

// serdeErrors makes a ValidationError look as the Rust gateway's serde prints it.
var serdeErrors bool

type submission struct {
	Kind     string         `json:"kind"`
	Artifact map[string]any `json:"artifact"`
	Context  *struct {
		Environment *string `json:"environment"`
	} `json:"context"`
}

type accepted struct {
	Accepted    bool   `json:"accepted"`
	Kind        string `json:"kind"`
	Name        string `json:"name"`
	Items       int    `json:"items"`
	Environment string `json:"environment"`
}

// ValidationError says why an artifact is refused.
type ValidationError struct {
	Kind, Field, Reason string
}

func (e *ValidationError) Error() string {
	return e.Kind + ": " + e.Reason
}

// MarshalJSON gives the externally tagged form if serdeErrors is on.
func (e *ValidationError) MarshalJSON() ([]byte, error) {
	if !serdeErrors {
		type plain ValidationError
		return json.Marshal((*plain)(e))
	}
	variants := map[string]string{
		"schema": "Schema", "completeness": "Completeness", "consistency": "Consistency", "policy": "Policy",
	}
	type body struct {
		Field  string `json:"field,omitempty"`
		Reason string `json:"reason"`
	}
	return json.Marshal(map[string]body{variants[e.Kind]: {e.Field, e.Reason}})
}

func validate(w http.ResponseWriter, r *http.Request) {
	var in submission
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		writeError(w, http.StatusBadRequest, "bad_json", err.Error())
		return
	}
	out, err := check(in)
	var invalid *ValidationError
	if errors.As(err, &invalid) {
		writeJSON(w, http.StatusUnprocessableEntity, invalid)
		return
	}
	writeJSON(w, http.StatusOK, out)
}

func check(in submission) (accepted, error) {
	environment := "default"
	if in.Context != nil && in.Context.Environment != nil {
		environment = *in.Context.Environment
	}
	var name string
	var items int
	var err error
	switch in.Kind {
	case "playbook":
		name, items, err = playbook(in.Artifact, environment)
	case "fill":
		name, items, err = fill(in.Artifact)
	case "email":
		name, items, err = email(in.Artifact, environment)
	default:
		err = schema("kind", "must be playbook, fill or email")
	}
	return accepted{true, in.Kind, name, items, environment}, err
}

func playbook(artifact map[string]any, environment string) (string, int, error) {
	fingerprint, err := text(artifact, "fingerprint")
	if err != nil {
		return "", 0, err
	}
	operation, err := text(artifact, "operation")
	if err != nil {
		return "", 0, err
	}
	steps, err := list(artifact, "steps", "step_count")
	if err != nil {
		return "", 0, err
	}
	if operation == "purge" && environment == "production" {
		return "", 0, policy("operation purge is not allowed in production")
	}
	return fingerprint, len(steps), nil
}

func fill(artifact map[string]any) (string, int, error) {
	form, err := text(artifact, "form")
	if err != nil {
		return "", 0, err
	}
	fields, err := list(artifact, "fields", "field_count")
	if err != nil {
		return "", 0, err
	}
	isPassword := func(field any) bool { return field == any("password") }
	if slices.ContainsFunc(fields, isPassword) {
		return "", 0, policy("field password must not be filled")
	}
	return form, len(fields), nil
}

func email(artifact map[string]any, environment string) (string, int, error) {
	subject, err := text(artifact, "subject")
	if err != nil {
		return "", 0, err
	}
	recipients, err := list(artifact, "recipients", "recipient_count")
	if err != nil {
		return "", 0, err
	}
	if environment == "test" && len(recipients) > 1 {
		return "", 0, policy("only one recipient is allowed in test")
	}
	return subject, len(recipients), nil
}

func text(artifact map[string]any, field string) (string, error) {
	value, ok := artifact[field].(string)
	if !ok || value == "" {
		return "", schema(field, "must be a non-empty string")
	}
	return value, nil
}

// list reads a list that must not be empty and, where it is declared, its length.
func list(artifact map[string]any, field, countField string) ([]any, error) {
	items, ok := artifact[field].([]any)
	if !ok {
		return nil, schema(field, "must be a list")
	}
	if len(items) == 0 {
		return nil, &ValidationError{Kind: "completeness", Reason: field + " must not be empty"}
	}
	value, declared := artifact[countField]
	if !declared {
		return items, nil
	}
	count, ok := value.(float64)
	if !ok || count < 0 || count != float64(int(count)) {
		return nil, schema(countField, "must be a whole number")
	}
	if int(count) != len(items) {
		reason := fmt.Sprintf("%s is %d but there are %d", countField, int(count), len(items))
		return nil, &ValidationError{Kind: "consistency", Reason: reason}
	}
	return items, nil
}

func schema(field, reason string) error {
	return &ValidationError{Kind: "schema", Field: field, Reason: reason}
}

func policy(reason string) error {
	return &ValidationError{Kind: "policy", Reason: reason}
}
