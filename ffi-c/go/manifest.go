package statefulset

import (
	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
)

// Normalize gives a StatefulSet as an API server would store it, with its pod template and its claim templates. The set
// is JSON, as people write it. Defaults are filled in. Fields that no API server knows are dropped, and so are fields
// that say nothing (false, 0, empty, null). Only the Kubernetes feature gates of the profile matter.
func Normalize(profile Profile, set []byte) ([]byte, error) {
	var record abi.Profile
	profile.write(&record)
	var report abi.Report
	var buffer buffer
	text, err := buffer.text(&report, func(out []byte) abi.Code {
		return link.Normalize(&record, view(set), out, &report)
	})
	if err != nil {
		return nil, err
	}
	return []byte(text), nil
}

// FieldError is a mistake that an API server would refuse, in its words.
type FieldError struct {
	// Field is the path of the field, such as "spec.template.spec.containers[0].name".
	Field string `json:"field"`
	// Reason is the kind of mistake, such as "FieldValueInvalid".
	Reason string `json:"reason"`
	// Message says what is wrong.
	Message string `json:"message"`
}

func (e FieldError) Error() string { return e.Field + ": " + e.Message }

// Validate says what an API server would refuse in a new StatefulSet. The set is JSON. Defaults are filled in first.
func Validate(profile Profile, set []byte) ([]FieldError, error) {
	var record abi.Profile
	profile.write(&record)
	var report abi.Report
	return fieldErrors(&report, func(out []byte) abi.Code {
		return link.Validate(&record, view(set), out, &report)
	})
}

// ValidateUpdate says what an API server would refuse when the set old is changed into another: mistakes of the new
// one, and changes that are not allowed. A mistake that the old one has already is not reported.
func ValidateUpdate(profile Profile, old, set []byte) ([]FieldError, error) {
	var record abi.Profile
	profile.write(&record)
	var report abi.Report
	return fieldErrors(&report, func(out []byte) abi.Code {
		return link.ValidateUpdate(&record, view(old), view(set), out, &report)
	})
}

func fieldErrors(report *abi.Report, call func([]byte) abi.Code) ([]FieldError, error) {
	var buffer buffer
	text, err := buffer.text(report, call)
	if err != nil {
		return nil, err
	}
	var errors []FieldError
	err = readText(text, &errors)
	return errors, err
}
