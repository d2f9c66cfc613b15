//go:build !statefulset_cgo

package link

import "statefulset.internal/statefulset/internal/abi"

// Causes is sts_causes().
func Causes(to []byte, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	return i.write("sts_causes", to, report)
}

// Reconcile is sts_reconcile().
func Reconcile(of *abi.Profile, set string, kinds uint32, objects string, now int64, to []byte, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	record(i, of)
	i.text(set)
	i.number(uint64(kinds))
	i.text(objects)
	i.number(uint64(now))
	return i.write("sts_reconcile", to, report)
}

// Normalize is sts_normalize().
func Normalize(of *abi.Profile, set string, to []byte, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	record(i, of)
	i.text(set)
	return i.write("sts_normalize", to, report)
}

// Validate is sts_validate().
func Validate(of *abi.Profile, set string, to []byte, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	record(i, of)
	i.text(set)
	return i.write("sts_validate", to, report)
}

// ValidateUpdate is sts_validate_update().
func ValidateUpdate(of *abi.Profile, old, set string, to []byte, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	record(i, of)
	i.text(old)
	i.text(set)
	return i.write("sts_validate_update", to, report)
}
