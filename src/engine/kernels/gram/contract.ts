/**
 * gram: points n × d → XᵀX, d × d, float64, symmetric to the bit.
 *
 * Entry (a, b) is Σ_i x_ia x_ib: products and sums in float64, rows in blocks of `GRAM_ROWS` (a block's
 * sum first, then the blocks in order).
 */
export const GRAM_ROWS = 256;
