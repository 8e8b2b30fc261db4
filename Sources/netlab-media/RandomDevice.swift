internal import Glibc

/// Stands in for `std::random_device`, of which libsrt draws socket numbers and first sequence numbers: the C++
/// library's own asks the processor, which gives others in each run. The kernel of a lab in virtual time is seeded.
@c(_ZNSt13random_device9_M_getvalEv)
package func randomDeviceValue(_ device: UnsafeRawPointer?) -> UInt32 {
    var value: UInt32 = 0
    getentropy(&value, MemoryLayout<UInt32>.size)
    return value
}
