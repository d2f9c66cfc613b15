package statefulset

/*
#include "call.h"
*/
import "C"

// PodName is the name of a set's pod: "set-ordinal".
func PodName(set string, ordinal uint32) (string, error) {
	var report C.sts_report
	var buffer buffer
	return buffer.text(&report, func(out *C.char, room C.size_t) C.sts_code {
		return C.call_pod_name(set, C.uint32_t(ordinal), out, room, &report)
	})
}

// ClaimName is the name of a pod's claim: "template-set-ordinal".
func ClaimName(template, set string, ordinal uint32) (string, error) {
	var report C.sts_report
	var buffer buffer
	return buffer.text(&report, func(out *C.char, room C.size_t) C.sts_code {
		return C.call_claim_name(template, set, C.uint32_t(ordinal), out, room, &report)
	})
}

// ParsePodName splits a pod's name at its last dash. Leading zeros count as digits: "web-01" has ordinal 1 and a wrong
// identity. The ordinal is [NoOrdinal] if it exceeds [MaxOrdinal].
func ParsePodName(name string) (set string, ordinal uint32, err error) {
	var report C.sts_report
	var parts C.sts_name_parts
	if C.call_pod_name_parts(name, &parts, &report) != C.STS_CODE_OK {
		return "", 0, failure(&report)
	}
	return name[:parts.size], uint32(parts.ordinal), nil
}

// ParseClaimName splits the name of a claim of a set. It gives an error for a name that [ClaimName] would not give for
// any template and ordinal of that set.
func ParseClaimName(name, set string) (template string, ordinal uint32, err error) {
	var report C.sts_report
	var parts C.sts_name_parts
	if C.call_claim_name_parts(name, set, &parts, &report) != C.STS_CODE_OK {
		return "", 0, failure(&report)
	}
	return name[:parts.size], uint32(parts.ordinal), nil
}
