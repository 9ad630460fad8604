import CTensorKernels

/// Makes the process keep freed memory for the next tensors instead of handing it back to the system after every step.
///
/// For programs that train, once, at their start; without it a training step loses some hundredths to page faults.
package func keepFreedMemory() {
  takt_keep_freed_memory()
}
