package statefulset

import (
	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
)

// PodName is the name of a set's pod: "set-ordinal".
func PodName(set string, ordinal uint32) (string, error) {
	var report abi.Report
	var buffer buffer
	return buffer.text(&report, func(out []byte) abi.Code {
		return link.PodName(set, ordinal, out, &report)
	})
}

// ClaimName is the name of a pod's claim: "template-set-ordinal".
func ClaimName(template, set string, ordinal uint32) (string, error) {
	var report abi.Report
	var buffer buffer
	return buffer.text(&report, func(out []byte) abi.Code {
		return link.ClaimName(template, set, ordinal, out, &report)
	})
}

// ParsePodName splits a pod's name at its last dash. Leading zeros count as digits: "web-01" has ordinal 1 and a wrong
// identity. The ordinal is [NoOrdinal] if it exceeds [MaxOrdinal].
func ParsePodName(name string) (set string, ordinal uint32, err error) {
	var report abi.Report
	var parts abi.NameParts
	if link.PodNameParts(name, &parts, &report) != abi.CodeOK {
		return "", 0, failure(&report)
	}
	return name[:parts.Size], parts.Ordinal, nil
}

// ParseClaimName splits the name of a claim of a set. It gives an error for a name that [ClaimName] would not give for
// any template and ordinal of that set.
func ParseClaimName(name, set string) (template string, ordinal uint32, err error) {
	var report abi.Report
	var parts abi.NameParts
	if link.ClaimNameParts(name, set, &parts, &report) != abi.CodeOK {
		return "", 0, failure(&report)
	}
	return name[:parts.Size], parts.Ordinal, nil
}
