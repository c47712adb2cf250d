// Says "spinning", then computes for ever.
package main

import "fmt"

func main() {
	fmt.Println("spinning")
	for i := 0; ; i++ {
		_ = i
	}
}
