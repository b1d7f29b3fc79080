;; What the encoder is made of: the product of rows of 16-bit numbers with rows of 16-bit numbers, and what turns its
;; results into the rows of the next product. Floats are 32-bit, and every sum runs in the same order as in kernel.ts.
;;
;;   out[i, j] = sum over k of a[i, k] * b[j, k]        32-bit, exact as long as no sum leaves 32 bits
;;
;; All places and strides are bytes; `k` is a multiple of 8, `n` of 2. Four rows of `a` meet two of `b` at a time.
(module
  (memory (export "memory") 1)
  ;; Results of a product become the next layer's rows: the largest of `pieces` columns, plus the state, under layer norm.
  ;;
  ;;   v = max over p of from[i + p * width] * scale[i + p * width] + bias[i + p * width]; v = v + state[i]
  ;;   state[i] = (v - mean) * unit * weight[i] + shift[i];  to[i] = floor(state[i] * steps + 0.5)
  ;;
  ;; `width` counts floats and is a multiple of 8; rows of `from` lie `pieces * width` numbers apart, the others `width`.
  (func (export "settle")
    (param $from i32) (param $scale i32) (param $bias i32) (param $state i32) (param $weight i32) (param $shift i32)
    (param $to i32) (param $rows i32) (param $width i32) (param $pieces i32) (param $steps f32)
    (local $i i32) (local $p i32) (local $at i32) (local $bytes i32) (local $all i32)
    (local $v v128) (local $w v128) (local $sum v128) (local $mean v128) (local $unit v128) (local $one f32)
    (local.set $bytes (i32.shl (local.get $width) (i32.const 2)))
    (local.set $all (i32.mul (local.get $bytes) (local.get $pieces)))
    (block $done
      (loop $row
        (br_if $done (i32.lt_s (local.get $rows) (i32.const 1)))
        (local.set $sum (v128.const f32x4 0 0 0 0))
        (local.set $i (i32.const 0))
        (loop $first
          (local.set $v (f32x4.add
            (f32x4.mul (f32x4.convert_i32x4_s (v128.load (i32.add (local.get $from) (local.get $i))))
              (v128.load (i32.add (local.get $scale) (local.get $i))))
            (v128.load (i32.add (local.get $bias) (local.get $i)))))
          (local.set $p (i32.add (local.get $i) (local.get $bytes)))
          (block $piecesDone
            (loop $piece
              (br_if $piecesDone (i32.ge_s (local.get $p) (local.get $all)))
              (local.set $w (f32x4.add
                (f32x4.mul (f32x4.convert_i32x4_s (v128.load (i32.add (local.get $from) (local.get $p))))
                  (v128.load (i32.add (local.get $scale) (local.get $p))))
                (v128.load (i32.add (local.get $bias) (local.get $p)))))
              (local.set $v (f32x4.pmax (local.get $v) (local.get $w)))
              (local.set $p (i32.add (local.get $p) (local.get $bytes)))
              (br $piece)))
          (local.set $at (i32.add (local.get $state) (local.get $i)))
          (local.set $v (f32x4.add (local.get $v) (v128.load (local.get $at))))
          (v128.store (local.get $at) (local.get $v))
          (local.set $sum (f32x4.add (local.get $sum) (local.get $v)))
          (br_if $first (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $bytes))))
        (local.set $mean (f32x4.splat (f32.div (call $total (local.get $sum)) (f32.convert_i32_s (local.get $width)))))
        (local.set $sum (v128.const f32x4 0 0 0 0))
        (local.set $i (i32.const 0))
        (loop $second
          (local.set $v (f32x4.sub (v128.load (i32.add (local.get $state) (local.get $i))) (local.get $mean)))
          (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul (local.get $v) (local.get $v))))
          (br_if $second (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $bytes))))
        (local.set $one (f32.div (call $total (local.get $sum)) (f32.convert_i32_s (local.get $width))))
        (local.set $unit (f32x4.splat (f32.div (f32.const 1) (f32.sqrt (f32.add (local.get $one) (f32.const 1e-5))))))
        (local.set $i (i32.const 0))
        (loop $third
          (local.set $at (i32.add (local.get $state) (local.get $i)))
          (local.set $v (f32x4.add
            (f32x4.mul (f32x4.mul (f32x4.sub (v128.load (local.get $at)) (local.get $mean)) (local.get $unit))
              (v128.load (i32.add (local.get $weight) (local.get $i))))
            (v128.load (i32.add (local.get $shift) (local.get $i)))))
          (v128.store (local.get $at) (local.get $v))
          (local.set $w (f32x4.add
            (f32x4.mul (f32x4.mul (f32x4.sub (v128.load offset=16 (local.get $at)) (local.get $mean)) (local.get $unit))
              (v128.load offset=16 (i32.add (local.get $weight) (local.get $i))))
            (v128.load offset=16 (i32.add (local.get $shift) (local.get $i)))))
          (v128.store offset=16 (local.get $at) (local.get $w))
          (v128.store (i32.add (local.get $to) (i32.shr_u (local.get $i) (i32.const 1)))
            (i16x8.narrow_i32x4_s
              (call $whole (f32x4.mul (local.get $v) (f32x4.splat (local.get $steps))))
              (call $whole (f32x4.mul (local.get $w) (f32x4.splat (local.get $steps))))))
          (br_if $third (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 32))) (local.get $bytes))))
        (local.set $from (i32.add (local.get $from) (local.get $all)))
        (local.set $state (i32.add (local.get $state) (local.get $bytes)))
        (local.set $to (i32.add (local.get $to) (i32.shr_u (local.get $bytes) (i32.const 1))))
        (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
        (br $row))))
  ;; Results of a product as 16-bit numbers: to[i] = floor(min(max(from[i] * scale[i] + bias[i], low), high) + 0.5).
  ;; `columns` is a multiple of 8.
  (func (export "narrow")
    (param $from i32) (param $to i32) (param $scale i32) (param $bias i32) (param $rows i32) (param $columns i32)
    (param $strideFrom i32) (param $strideTo i32) (param $low f32) (param $high f32)
    (local $i i32) (local $at i32) (local $v v128) (local $w v128)
    (local.set $columns (i32.shl (local.get $columns) (i32.const 2)))
    (block $done
      (loop $row
        (br_if $done (i32.lt_s (local.get $rows) (i32.const 1)))
        (local.set $i (i32.const 0))
        (loop $column
          (local.set $at (i32.add (local.get $from) (local.get $i)))
          (local.set $v (f32x4.add
            (f32x4.mul (f32x4.convert_i32x4_s (v128.load (local.get $at)))
              (v128.load (i32.add (local.get $scale) (local.get $i))))
            (v128.load (i32.add (local.get $bias) (local.get $i)))))
          (local.set $w (f32x4.add
            (f32x4.mul (f32x4.convert_i32x4_s (v128.load offset=16 (local.get $at)))
              (v128.load offset=16 (i32.add (local.get $scale) (local.get $i))))
            (v128.load offset=16 (i32.add (local.get $bias) (local.get $i)))))
          (v128.store (i32.add (local.get $to) (i32.shr_u (local.get $i) (i32.const 1)))
            (i16x8.narrow_i32x4_s
              (call $whole (f32x4.min (f32x4.max (local.get $v) (f32x4.splat (local.get $low))) (f32x4.splat (local.get $high))))
              (call $whole (f32x4.min (f32x4.max (local.get $w) (f32x4.splat (local.get $low))) (f32x4.splat (local.get $high))))))
          (br_if $column (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 32))) (local.get $columns))))
        (local.set $from (i32.add (local.get $from) (local.get $strideFrom)))
        (local.set $to (i32.add (local.get $to) (local.get $strideTo)))
        (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
        (br $row))))
  ;; Attention scores as shares of 16384: softmax of from[i, j] * unit + near[j - i] over j < columns. Rows of both lie
  ;; `deep` numbers apart, a multiple of 8; what stands after `columns` becomes 0. The scores are overwritten.
  (func (export "soften")
    (param $from i32) (param $to i32) (param $near i32) (param $rows i32) (param $columns i32) (param $deep i32)
    (param $unit f32)
    (local $i i32) (local $at i32) (local $bytes i32) (local $v v128) (local $most v128) (local $sum v128) (local $part v128)
    (local.set $bytes (i32.shl (local.get $deep) (i32.const 2)))
    (block $done
      (loop $row
        (br_if $done (i32.lt_s (local.get $rows) (i32.const 1)))
        (local.set $most (v128.const f32x4 -1e30 -1e30 -1e30 -1e30))
        (local.set $i (i32.const 0))
        (loop $score
          (local.set $at (i32.add (local.get $from) (local.get $i)))
          (local.set $v (v128.bitselect
            (f32x4.add
              (f32x4.mul (f32x4.convert_i32x4_s (v128.load (local.get $at))) (f32x4.splat (local.get $unit)))
              (v128.load (i32.add (local.get $near) (local.get $i))))
            (v128.const f32x4 -1e30 -1e30 -1e30 -1e30)
            (i32x4.lt_s
              (i32x4.add (i32x4.splat (i32.shr_u (local.get $i) (i32.const 2))) (v128.const i32x4 0 1 2 3))
              (i32x4.splat (local.get $columns)))))
          (v128.store (local.get $at) (local.get $v))
          (local.set $most (f32x4.pmax (local.get $most) (local.get $v)))
          (br_if $score (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $bytes))))
        (local.set $most (f32x4.splat (f32.max
          (f32.max (f32x4.extract_lane 0 (local.get $most)) (f32x4.extract_lane 1 (local.get $most)))
          (f32.max (f32x4.extract_lane 2 (local.get $most)) (f32x4.extract_lane 3 (local.get $most))))))
        (local.set $sum (v128.const f32x4 0 0 0 0))
        (local.set $i (i32.const 0))
        (loop $power
          (local.set $at (i32.add (local.get $from) (local.get $i)))
          (local.set $v (call $exponential (f32x4.sub (v128.load (local.get $at)) (local.get $most))))
          (v128.store (local.get $at) (local.get $v))
          (local.set $sum (f32x4.add (local.get $sum) (local.get $v)))
          (br_if $power (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 16))) (local.get $bytes))))
        (local.set $part (f32x4.splat (f32.div (f32.const 16384) (call $total (local.get $sum)))))
        (local.set $i (i32.const 0))
        (loop $share
          (local.set $at (i32.add (local.get $from) (local.get $i)))
          (v128.store (i32.add (local.get $to) (i32.shr_u (local.get $i) (i32.const 1)))
            (i16x8.narrow_i32x4_s
              (call $whole (f32x4.mul (v128.load (local.get $at)) (local.get $part)))
              (call $whole (f32x4.mul (v128.load offset=16 (local.get $at)) (local.get $part)))))
          (br_if $share (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 32))) (local.get $bytes))))
        (local.set $from (i32.add (local.get $from) (local.get $bytes)))
        (local.set $to (i32.add (local.get $to) (i32.shr_u (local.get $bytes) (i32.const 1))))
        (local.set $near (i32.sub (local.get $near) (i32.const 4)))
        (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
        (br $row))))
  (func $whole (param $v v128) (result v128)
    (i32x4.trunc_sat_f32x4_s (f32x4.floor (f32x4.add (local.get $v) (v128.const f32x4 0.5 0.5 0.5 0.5)))))
  (func $total (param $v v128) (result f32)
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $v)) (f32x4.extract_lane 1 (local.get $v)))
      (f32.add (f32x4.extract_lane 2 (local.get $v)) (f32x4.extract_lane 3 (local.get $v)))))
  ;; e^x for x <= 0: 2 to a whole power, times Taylor's row to the sixth power for the rest.
  (func $exponential (param $x v128) (result v128)
    (local $y v128) (local $n v128) (local $t v128)
    (local.set $y (f32x4.min (f32x4.mul (local.get $x) (f32x4.splat (f32.const -1.4426950408889634)))
      (f32x4.splat (f32.const 100))))
    (local.set $n (f32x4.floor (local.get $y)))
    (local.set $t (f32x4.mul (f32x4.sub (local.get $n) (local.get $y)) (f32x4.splat (f32.const 0.6931471805599453))))
    (local.set $y (f32x4.add (f32x4.mul (local.get $t) (f32x4.splat (f32.const 0.001388888888888889)))
      (f32x4.splat (f32.const 0.008333333333333333))))
    (local.set $y (f32x4.add (f32x4.mul (local.get $t) (local.get $y)) (f32x4.splat (f32.const 0.041666666666666664))))
    (local.set $y (f32x4.add (f32x4.mul (local.get $t) (local.get $y)) (f32x4.splat (f32.const 0.16666666666666666))))
    (local.set $y (f32x4.add (f32x4.mul (local.get $t) (local.get $y)) (f32x4.splat (f32.const 0.5))))
    (local.set $y (f32x4.add (f32x4.mul (local.get $t) (local.get $y)) (f32x4.splat (f32.const 1))))
    (local.set $y (f32x4.add (f32x4.mul (local.get $t) (local.get $y)) (f32x4.splat (f32.const 1))))
    (f32x4.mul (local.get $y)
      (i32x4.shl (i32x4.sub (i32x4.splat (i32.const 127)) (i32x4.trunc_sat_f32x4_s (local.get $n))) (i32.const 23))))
  (func (export "multiply")
    (param $a i32) (param $b i32) (param $out i32) (param $m i32) (param $n i32) (param $k i32)
    (param $strideA i32) (param $strideB i32) (param $strideOut i32)
    (local $i i32) (local $j i32) (local $end i32) (local $p i32) (local $q i32) (local $a1 i32) (local $a2 i32) (local $a3 i32)
    (local $o i32) (local $x v128) (local $y v128) (local $z v128)
    (local $c0 v128) (local $c1 v128) (local $c2 v128) (local $c3 v128)
    (local $d0 v128) (local $d1 v128) (local $d2 v128) (local $d3 v128)
    (local.set $k (i32.shl (local.get $k) (i32.const 1)))
    (local.set $i (local.get $m))
    (block $rows4Done
      (loop $rows4
        (br_if $rows4Done (i32.lt_s (local.get $i) (i32.const 4)))
        (local.set $q (local.get $b))
        (local.set $o (local.get $out))
        (local.set $j (i32.const 0))
        (loop $columns
          (local.set $c0 (v128.const i32x4 0 0 0 0)) (local.set $c1 (v128.const i32x4 0 0 0 0))
          (local.set $c2 (v128.const i32x4 0 0 0 0)) (local.set $c3 (v128.const i32x4 0 0 0 0))
          (local.set $d0 (v128.const i32x4 0 0 0 0)) (local.set $d1 (v128.const i32x4 0 0 0 0))
          (local.set $d2 (v128.const i32x4 0 0 0 0)) (local.set $d3 (v128.const i32x4 0 0 0 0))
          (local.set $p (local.get $a))
          (local.set $a1 (i32.add (local.get $a) (local.get $strideA)))
          (local.set $a2 (i32.add (local.get $a1) (local.get $strideA)))
          (local.set $a3 (i32.add (local.get $a2) (local.get $strideA)))
          (local.set $end (i32.add (local.get $a) (local.get $k)))
          (loop $depth
            (local.set $x (v128.load (local.get $q)))
            (local.set $y (v128.load (i32.add (local.get $q) (local.get $strideB))))
            (local.set $z (v128.load (local.get $p)))
            (local.set $c0 (i32x4.add (local.get $c0) (i32x4.dot_i16x8_s (local.get $z) (local.get $x))))
            (local.set $d0 (i32x4.add (local.get $d0) (i32x4.dot_i16x8_s (local.get $z) (local.get $y))))
            (local.set $z (v128.load (local.get $a1)))
            (local.set $c1 (i32x4.add (local.get $c1) (i32x4.dot_i16x8_s (local.get $z) (local.get $x))))
            (local.set $d1 (i32x4.add (local.get $d1) (i32x4.dot_i16x8_s (local.get $z) (local.get $y))))
            (local.set $z (v128.load (local.get $a2)))
            (local.set $c2 (i32x4.add (local.get $c2) (i32x4.dot_i16x8_s (local.get $z) (local.get $x))))
            (local.set $d2 (i32x4.add (local.get $d2) (i32x4.dot_i16x8_s (local.get $z) (local.get $y))))
            (local.set $z (v128.load (local.get $a3)))
            (local.set $c3 (i32x4.add (local.get $c3) (i32x4.dot_i16x8_s (local.get $z) (local.get $x))))
            (local.set $d3 (i32x4.add (local.get $d3) (i32x4.dot_i16x8_s (local.get $z) (local.get $y))))
            (local.set $q (i32.add (local.get $q) (i32.const 16)))
            (local.set $a1 (i32.add (local.get $a1) (i32.const 16)))
            (local.set $a2 (i32.add (local.get $a2) (i32.const 16)))
            (local.set $a3 (i32.add (local.get $a3) (i32.const 16)))
            (br_if $depth (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 16))) (local.get $end))))
          (local.set $p (local.get $o))
          (v128.store64_lane 0 (local.get $p) (call $pair (local.get $c0) (local.get $d0)))
          (local.set $p (i32.add (local.get $p) (local.get $strideOut)))
          (v128.store64_lane 0 (local.get $p) (call $pair (local.get $c1) (local.get $d1)))
          (local.set $p (i32.add (local.get $p) (local.get $strideOut)))
          (v128.store64_lane 0 (local.get $p) (call $pair (local.get $c2) (local.get $d2)))
          (local.set $p (i32.add (local.get $p) (local.get $strideOut)))
          (v128.store64_lane 0 (local.get $p) (call $pair (local.get $c3) (local.get $d3)))
          (local.set $q (i32.add (i32.sub (local.get $q) (local.get $k)) (i32.shl (local.get $strideB) (i32.const 1))))
          (local.set $o (i32.add (local.get $o) (i32.const 8)))
          (br_if $columns (i32.lt_s (local.tee $j (i32.add (local.get $j) (i32.const 2))) (local.get $n))))
        (local.set $a (i32.add (local.get $a) (i32.shl (local.get $strideA) (i32.const 2))))
        (local.set $out (i32.add (local.get $out) (i32.shl (local.get $strideOut) (i32.const 2))))
        (local.set $i (i32.sub (local.get $i) (i32.const 4)))
        (br $rows4)))
    (block $rowsDone
      (loop $rows
        (br_if $rowsDone (i32.lt_s (local.get $i) (i32.const 1)))
        (local.set $q (local.get $b))
        (local.set $o (local.get $out))
        (local.set $j (i32.const 0))
        (loop $columns
          (local.set $c0 (v128.const i32x4 0 0 0 0))
          (local.set $d0 (v128.const i32x4 0 0 0 0))
          (local.set $p (local.get $a))
          (local.set $end (i32.add (local.get $a) (local.get $k)))
          (loop $depth
            (local.set $z (v128.load (local.get $p)))
            (local.set $c0 (i32x4.add (local.get $c0) (i32x4.dot_i16x8_s (local.get $z) (v128.load (local.get $q)))))
            (local.set $d0 (i32x4.add (local.get $d0)
              (i32x4.dot_i16x8_s (local.get $z) (v128.load (i32.add (local.get $q) (local.get $strideB))))))
            (local.set $q (i32.add (local.get $q) (i32.const 16)))
            (br_if $depth (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 16))) (local.get $end))))
          (v128.store64_lane 0 (local.get $o) (call $pair (local.get $c0) (local.get $d0)))
          (local.set $q (i32.add (i32.sub (local.get $q) (local.get $k)) (i32.shl (local.get $strideB) (i32.const 1))))
          (local.set $o (i32.add (local.get $o) (i32.const 8)))
          (br_if $columns (i32.lt_s (local.tee $j (i32.add (local.get $j) (i32.const 2))) (local.get $n))))
        (local.set $a (i32.add (local.get $a) (local.get $strideA)))
        (local.set $out (i32.add (local.get $out) (local.get $strideOut)))
        (local.set $i (i32.sub (local.get $i) (i32.const 1)))
        (br $rows))))
  ;; The sums of the lanes of two accumulators, side by side in the lower half.
  (func $pair (param $x v128) (param $y v128) (result v128)
    (local $s v128)
    (local.set $s (i32x4.add
      (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $x) (local.get $y))
      (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $x) (local.get $y))))
    (i32x4.add
      (i8x16.shuffle 0 1 2 3 8 9 10 11 0 1 2 3 8 9 10 11 (local.get $s) (local.get $s))
      (i8x16.shuffle 4 5 6 7 12 13 14 15 4 5 6 7 12 13 14 15 (local.get $s) (local.get $s)))))
