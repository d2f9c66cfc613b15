package main

// layout is how long a record is. The length of what has a pointer or a size_t in it depends on the platform.
type layout struct {
	// narrow and wide are its bytes where a pointer has 4 and where it has 8.
	narrow, wide int
	// align is its alignment, where a pointer has 8 bytes.
	align int
	// hidden says that there are bytes that no field names.
	hidden bool
}

// word is a pointer or a size_t.
var word = layout{narrow: 4, wide: 8, align: 8}

// plain is a number of so many bytes.
func plain(size int) layout {
	return layout{narrow: size, wide: size, align: size}
}

// with is the layout with so many more of a field at its end.
func (l layout) with(field layout, count int) layout {
	narrow := min(field.align, field.narrow)
	l.hidden = l.hidden || field.hidden || l.wide%field.align != 0 || l.narrow%max(narrow, 1) != 0
	l.narrow += field.narrow * count
	l.wide += field.wide * count
	l.align = max(l.align, field.align)
	return l
}

// padded says that a compiler may add bytes on some platform: between fields, or at the end.
func (l layout) padded() bool {
	return l.hidden || l.wide%l.align != 0 || l.narrow%l.align != 0
}
