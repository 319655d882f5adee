package dev.freezeframe.input;

import java.util.List;
import java.util.OptionalInt;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value of a YAML tree; {@code yes} and {@code true} are texts until a field takes them. */
record YamlContent(Node node) implements Content {

  @Override
  public Kind kind() {
    if (node instanceof SequenceNode) {
      return Kind.LIST;
    }
    if (node instanceof MappingNode) {
      return Kind.GROUP;
    }
    if (!(node instanceof ScalarNode scalar) || scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return Kind.TEXT;
    }
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return Kind.UNSET;
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? Kind.NUMBER : Kind.TEXT;
  }

  @Override
  public String text() {
    return ((ScalarNode) node).getValue();
  }

  @Override
  public List<Content> items() {
    return ((SequenceNode) node).getValue().stream().<Content>map(YamlContent::new).toList();
  }

  @Override
  public List<Member> members() {
    return ((MappingNode) node)
        .getValue().stream()
            .map(
                tuple ->
                    new Member(
                        new YamlContent(tuple.getKeyNode()), new YamlContent(tuple.getValueNode())))
            .toList();
  }

  @Override
  public OptionalInt line() {
    return OptionalInt.of(node.getStartMark().getLine() + 1);
  }
}
