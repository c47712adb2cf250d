// Panics: Go exits with 2 and prints the stack of the goroutine.
package main

func main() {
	panic("on purpose")
}
