package statefulset

/*
#include "call.h"
*/
import "C"

// Normalize fills in what a StatefulSet, given as JSON, leaves out: the defaults of the set, of its pod template and of its
// claim templates, as an API server would. Of the profile only the gates count.
func Normalize(profile Profile, set []byte) ([]byte, error) {
	var record C.sts_profile
	profile.write(&record)
	var report C.sts_report
	var buffer buffer
	text, err := buffer.text(&report, func(out *C.char, room C.size_t) C.sts_code {
		return C.call_normalize(&record, view(set), out, room, &report)
	})
	if err != nil {
		return nil, err
	}
	return []byte(text), nil
}

// FieldError is a field that an API server would refuse, in its words.
type FieldError struct {
	// Field is where, such as "spec.template.spec.containers[0].name".
	Field string `json:"field"`
	// Reason is what kind of mistake it is, such as "FieldValueInvalid".
	Reason string `json:"reason"`
	// Message says what is wrong.
	Message string `json:"message"`
}

func (e FieldError) Error() string { return e.Field + ": " + e.Message }

// Validate is what an API server would refuse in a new StatefulSet, given as JSON. Defaults are filled in first.
func Validate(profile Profile, set []byte) ([]FieldError, error) {
	var record C.sts_profile
	profile.write(&record)
	var report C.sts_report
	return fieldErrors(&report, func(out *C.char, room C.size_t) C.sts_code {
		return C.call_validate(&record, view(set), out, room, &report)
	})
}

// ValidateUpdate is the same for the change of the set old into another: what is wrong with the new one, and what may not
// change. Rules that the old one breaks already are not held against the new one.
func ValidateUpdate(profile Profile, old, set []byte) ([]FieldError, error) {
	var record C.sts_profile
	profile.write(&record)
	var report C.sts_report
	return fieldErrors(&report, func(out *C.char, room C.size_t) C.sts_code {
		return C.call_validate_update(&record, view(old), view(set), out, room, &report)
	})
}

func fieldErrors(report *C.sts_report, call func(*C.char, C.size_t) C.sts_code) ([]FieldError, error) {
	var buffer buffer
	text, err := buffer.text(report, call)
	if err != nil {
		return nil, err
	}
	var errors []FieldError
	err = readText(text, &errors)
	return errors, err
}
