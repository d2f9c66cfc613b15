package main

func Example() {
	main()
	// Output:
	// create-claim 0 (scale-out)
	// create-pod 0 (scale-out)
	// wait 1-2 (scale-out): order
}
