package dev.freezeframe.rehearsal.fleet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.input.Content.Kind;
import dev.freezeframe.input.Entry;
import dev.freezeframe.rehearsal.instance.InstanceAttributes;
import java.util.Optional;

/**
 * The attributes that describe-instances does not print. They stand in a file of a fleet beside
 * what it does, in the words in which {@code aws ec2 describe-instance-attribute} prints them.
 */
final class InstanceAttributeEntries {
  private static final String STOP_PROTECTION = "DisableApiStop";
  private static final String SHUTDOWN = "InstanceInitiatedShutdownBehavior";
  private static final String VALUE = "Value";

  private InstanceAttributeEntries() {}

  /** Those of an instance; empty: the file has none of them. */
  static Optional<InstanceAttributes> read(Entry instance) {
    Entry protection = instance.member(STOP_PROTECTION);
    Entry shutdown = instance.member(SHUTDOWN);
    if (protection.is(Kind.UNSET) && shutdown.is(Kind.UNSET)) {
      return Optional.empty();
    }
    return Optional.of(
        new InstanceAttributes(
            !protection.is(Kind.UNSET) && isOn(protection),
            shutdown.is(Kind.UNSET)
                ? InstanceAttributes.DEFAULTS.shutdownBehavior()
                : behavior(shutdown)));
  }

  private static boolean isOn(Entry protection) {
    Entry value = protection.is(Kind.GROUP) ? protection.member(VALUE) : protection;
    if (!value.is(Kind.FLAG)) {
      throw protection.refusal("{\"Value\": true} or {\"Value\": false}");
    }
    return Boolean.parseBoolean(value.content().text());
  }

  private static String behavior(Entry shutdown) {
    Entry value = shutdown.is(Kind.GROUP) ? shutdown.member(VALUE) : shutdown;
    String text = value.is(Kind.TEXT) ? value.content().text() : "";
    if (!text.equals("stop") && !text.equals("terminate")) {
      throw shutdown.refusal("{\"Value\": \"stop\"} or {\"Value\": \"terminate\"}");
    }
    return text;
  }

  static void write(InstanceAttributes attributes, ObjectNode instance) {
    instance.putObject(STOP_PROTECTION).put(VALUE, attributes.disableApiStop());
    instance.putObject(SHUTDOWN).put(VALUE, attributes.shutdownBehavior());
  }
}
