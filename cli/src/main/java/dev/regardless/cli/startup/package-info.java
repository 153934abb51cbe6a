/**
 * What {@code bin/regardless} runs once after a build so that every later start is short.
 *
 * <p>The protocol: Maven packs one jar; {@link dev.regardless.cli.startup.ModernClassFiles} copies it so that the JDK can
 * keep all of its classes in a cache; {@link dev.regardless.cli.startup.StartupTraining} goes through short commands
 * while the JDK records what they load; every later start maps the recording. Nothing here takes part in a command.
 */
@NullMarked
package dev.regardless.cli.startup;

import org.jspecify.annotations.NullMarked;
