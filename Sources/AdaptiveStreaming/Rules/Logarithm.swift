internal import Glibc

func pow2(_ exponent: Double) -> Double { exp2(exponent) }

func naturalLogarithm(_ value: Double) -> Double { log(value) }
