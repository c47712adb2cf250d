// Small programs that compute, the same in C, Go and Python: `kernels NAME SIZE` prints nanoseconds and a result.
package main

import (
	"fmt"
	"math"
	"math/bits"
	"os"
	"strconv"
	"time"
)

func counting(size int) uint64 {
	var sum uint64
	for i := 0; i < size; i++ {
		sum = (sum + uint64(i)) ^ (sum >> 7)
	}
	return sum
}

func sieve(size int) uint64 {
	composite := make([]byte, size)
	var count uint64
	for i := 2; i < size; i++ {
		if composite[i] != 0 {
			continue
		}
		count++
		for k := i * i; k < size; k += i {
			composite[k] = 1
		}
	}
	return count
}

func element(i, j int) float64 { return 1 / float64((i+j)*(i+j+1)/2+i+1) }

func spectral(size int) uint64 {
	u, v, w := make([]float64, size), make([]float64, size), make([]float64, size)
	for i := range u {
		u[i] = 1
	}
	for round := 0; round < 20; round++ {
		from, to := u, v
		if round%2 == 1 {
			from, to = v, u
		}
		for i := 0; i < size; i++ {
			w[i] = 0
			for j := 0; j < size; j++ {
				w[i] += element(i, j) * from[j]
			}
		}
		for i := 0; i < size; i++ {
			to[i] = 0
			for j := 0; j < size; j++ {
				to[i] += element(j, i) * w[j]
			}
		}
	}
	var uv, vv float64
	for i := range u {
		uv += u[i] * v[i]
		vv += v[i] * v[i]
	}
	return uint64(math.Sqrt(uv/vv) * 1e6)
}

func mixing(size int) uint64 {
	var s [16]uint32
	for i := range s {
		s[i] = uint32(i) * 0x9E3779B9
	}
	for round := 0; round < size; round++ {
		for i := 0; i < 4; i++ {
			s[i] += s[i+4]
			s[i+12] = bits.RotateLeft32(s[i+12]^s[i], 16)
			s[i+8] += s[i+12]
			s[i+4] = bits.RotateLeft32(s[i+4]^s[i+8], 12)
		}
	}
	var sum uint64
	for _, word := range s {
		sum += uint64(word)
	}
	return sum
}

func main() {
	size, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	kernel := map[string]func(int) uint64{
		"counting": counting, "sieve": sieve, "spectral": spectral, "mixing": mixing,
	}[os.Args[1]]
	began := time.Now()
	result := kernel(size)
	fmt.Println(time.Since(began).Nanoseconds(), result)
}
