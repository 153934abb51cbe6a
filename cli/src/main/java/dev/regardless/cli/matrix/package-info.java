/**
 * Matrices: named tables of checks with what is expected of each, which {@code check NAME} carries out as a whole. A module
 * that has one puts {@code matrices/NAME.conf} among its resources, see {@link dev.regardless.cli.matrix.MatrixFile}.
 */
@NullMarked
package dev.regardless.cli.matrix;

import org.jspecify.annotations.NullMarked;
