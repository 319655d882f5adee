package dev.freezeframe.policy.field;

import dev.freezeframe.policy.TagSelector;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads {@code key=value}, {@code key}, or the two as fields, for keys that hold a {@code =}. */
public final class TagSelectorField implements Field<TagSelector> {
  static final List<String> FIELDS = List.of("key", "value");

  @Override
  public Optional<TagSelector> read(Entry entry) {
    if (entry.node() instanceof MappingNode) {
      return read(new Section(entry, FIELDS));
    }
    Optional<TagSelector> selector =
        entry
            .text()
            .filter(text -> !text.startsWith("="))
            .filter(text -> !text.isBlank())
            .map(TagSelector::parse);
    return selector
        .filter(
            tag ->
                TagText.KEY.fits(tag.key()) && tag.value().stream().allMatch(TagText.VALUE::fits))
        .or(() -> entry.refuse("a tag such as key=value or key"));
  }

  private static Optional<TagSelector> read(Section section) {
    section.require("key", TagText.KEY.expected());
    Optional<String> value = section.read("value", TagText.VALUE);
    return section.read("key", TagText.KEY).map(key -> new TagSelector(key, value));
  }
}
