package dev.freezeframe.rehearsal.dynamo;

import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteDBAccess;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteDBAccessJob;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.TableSchemaInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Arrays;

/**
 * What DynamoDB Local knows of the ledger's table, made once of one text.
 *
 * <p>It has this as JSON in its database and makes objects of it in every call, three times in an
 * update: an eighth of what a rehearsal takes. The mappers that do so are its own and private. No
 * table here is ever changed, so that nothing changes the objects.
 */
final class TableDescriptions {
  private static final String MAPPER = "MAPPER";

  private TableDescriptions() {}

  /** To be called before the first DynamoDB Local is made. */
  static void remember() {
    remember(SQLiteDBAccess.class);
    remember(SQLiteDBAccessJob.class);
  }

  private static void remember(Class<?> owner) {
    ObjectMapper mapper = mapperOf(owner);
    mapper.getFactory().enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION.mappedFeature());
    mapper.registerModule(
        new SimpleModule(TableDescriptions.class.getName())
            .setDeserializerModifier(new OfTables()));
  }

  private static ObjectMapper mapperOf(Class<?> owner) {
    try {
      Field mapper = owner.getDeclaredField(MAPPER);
      mapper.setAccessible(true);
      return (ObjectMapper) mapper.get(null);
    } catch (ReflectiveOperationException renamed) {
      throw new IllegalStateException(
          "expected the field %s in DynamoDB Local's %s".formatted(MAPPER, owner.getName()),
          renamed);
    }
  }

  private static final class OfTables extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> given) {
      return bean.getBeanClass().equals(TableSchemaInfo.class) ? new Remembering(given) : given;
    }
  }

  private static final class Remembering extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;
    private static volatile Known last = new Known(new byte[0], null);

    Remembering(JsonDeserializer<?> given) {
      super(given);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> given) {
      return new Remembering(given);
    }

    /** What is known is not read on: a mapper closes the parser after its one value. */
    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      Object source = parser.currentLocation().contentReference().getRawContent();
      if (!(source instanceof byte[] text)) {
        return super.deserialize(parser, context);
      }
      Known known = last;
      if (!Arrays.equals(known.text, text)) {
        known = new Known(text, super.deserialize(parser, context));
        last = known;
      }
      return known.description;
    }

    private static final class Known {
      private final byte[] text;
      private final Object description;

      Known(byte[] text, Object description) {
        this.text = text;
        this.description = description;
      }
    }
  }
}
