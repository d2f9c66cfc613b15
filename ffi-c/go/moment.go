package statefulset

import "time"

// millis is a moment in the library's terms; the zero time is "not there", which a flag says.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// moment is a time of the library where its flag is set, and the zero time where it is not.
func moment(flags, bit uint32, ms int64) time.Time {
	if flags&bit == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// momentUnlessZero is a time of the library that has no flag: 0 stands for none.
func momentUnlessZero(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// momentOf is a time of the library where there is one.
func momentOf(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	return time.UnixMilli(*ms).UTC()
}

// span is a duration in the library's terms. Parts of a millisecond count in full, so that nothing comes earlier than
// was asked for.
func span(d time.Duration) int64 {
	ms := d / time.Millisecond
	switch rest := d % time.Millisecond; {
	case rest > 0:
		ms++
	case rest < 0:
		ms--
	}
	return int64(ms)
}
