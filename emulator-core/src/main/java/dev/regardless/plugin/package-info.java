/** Finding the parts of the program that plug in: architectures, drivers, scenarios, designs, instruction sets. */
@NullMarked
package dev.regardless.plugin;

import org.jspecify.annotations.NullMarked;
