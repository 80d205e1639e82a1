using System.Buffers.Binary;

namespace OpsConsole.Intake.Otlp;

/// <summary>The fields of one <c>Span</c> as they stand on the wire.</summary>
internal ref struct WireSpan
{
    public UInt128 TraceId;
    public ulong SpanId;
    public ulong? Parent;
    public Place Name;
    public int Kind;
    public ulong Start;
    public ulong End;
    public int Status;
    public Place Message;
    public bool Exception;

    /// <summary>The JSON of the events and, behind it, of the links, in the writer that was handed in; no length: there are none.</summary>
    public Place Events;
    public Place Links;

    /// <returns>False when anything is unusual: ids of another length or zero, a message twice, text that is none.</returns>
    public bool Read(ReadOnlySpan<byte> body, Place message, WireAttributes attributes, WireAttributes inner, WireJson list, List<Place> places)
    {
        attributes.Begin();
        inner.Begin();
        list.Clear();
        places.Clear();
        Place trace = default, span = default, parent = default;
        Place? status = null;
        var links = 0;
        var cursor = new WireCursor(body, message.Start, message.Length);
        while (cursor.Next())
        {
            switch (cursor.Tag)
            {
                case 10: trace = cursor.Bytes(); break;
                case 18: span = cursor.Bytes(); break;
                case 34: parent = cursor.Bytes(); break;
                case 42: Name = cursor.Bytes(); break;
                case 48: Kind = (int)cursor.Varint(); break;
                case 57: Start = cursor.Fixed64(); break;
                case 65: End = cursor.Fixed64(); break;
                case 74: attributes.Add(body, cursor.Bytes()); break;
                case 90: places.Insert(places.Count - links, cursor.Bytes()); break;
                case 106:
                    places.Add(cursor.Bytes());
                    links++;
                    break;
                case 122 when status is null: status = cursor.Bytes(); break;
                case 122: return false;
                default: cursor.Skip(); break;
            }
        }

        attributes.End();
        return !cursor.Odd && !attributes.Odd && Ids(body, trace, span, parent) && ReadStatus(body, status ?? default)
            && Lists(body, places, places.Count - links, inner, list);
    }

    private bool Ids(ReadOnlySpan<byte> body, Place trace, Place span, Place parent)
    {
        if (trace.Length != 16 || span.Length != 8)
        {
            return false;
        }

        TraceId = BinaryPrimitives.ReadUInt128BigEndian(body[trace.Start..]);
        SpanId = BinaryPrimitives.ReadUInt64BigEndian(body[span.Start..]);
        Parent = parent.Length == 8 && BinaryPrimitives.ReadUInt64BigEndian(body[parent.Start..]) is var id and not 0 ? id : null;
        return TraceId != 0 && SpanId != 0;
    }

    private bool ReadStatus(ReadOnlySpan<byte> body, Place message)
    {
        var cursor = new WireCursor(body, message.Start, message.Length);
        while (cursor.Next())
        {
            switch (cursor.Tag)
            {
                case 18: Message = cursor.Bytes(); break;
                case 24: Status = (int)cursor.Varint(); break;
                default: cursor.Skip(); break;
            }
        }

        return !cursor.Odd;
    }

    private bool Lists(ReadOnlySpan<byte> body, List<Place> places, int events, WireAttributes inner, WireJson list)
    {
        list.Clear();
        if (events > 0)
        {
            for (var i = 0; i < events; i++)
            {
                list.Raw(i == 0 ? "["u8 : ","u8);
                if (!Event(body, places[i], inner, list))
                {
                    return false;
                }
            }

            list.Raw("]"u8);
        }

        Events = new Place(0, list.Written.Length);
        for (var i = events; i < places.Count; i++)
        {
            list.Raw(i == events ? "["u8 : ","u8);
            if (!Link(body, places[i], inner, list))
            {
                return false;
            }
        }

        if (places.Count > events)
        {
            list.Raw("]"u8);
        }

        Links = new Place(Events.Length, list.Written.Length - Events.Length);
        return true;
    }

    private bool Event(ReadOnlySpan<byte> body, Place message, WireAttributes inner, WireJson list)
    {
        var time = 0UL;
        Place name = default;
        var cursor = new WireCursor(body, message.Start, message.Length);
        while (cursor.Next())
        {
            switch (cursor.Tag)
            {
                case 9: time = cursor.Fixed64(); break;
                case 18: name = cursor.Bytes(); break;
                default: cursor.Skip(); break;
            }
        }

        var text = body.Slice(name.Start, name.Length);
        if (cursor.Odd || !WireAttributes.IsText(text))
        {
            return false;
        }

        Exception |= text.SequenceEqual("exception"u8);
        list.Raw("{\"time\":"u8);
        list.Number(time);
        list.Raw(",\"name\":"u8);
        list.Text(text);
        list.Raw(",\"attributes\":"u8);
        inner.Nested(body, message, 26);
        list.Raw("}"u8);
        return !inner.Odd;
    }

    private static bool Link(ReadOnlySpan<byte> body, Place message, WireAttributes inner, WireJson list)
    {
        Place trace = default, span = default;
        var cursor = new WireCursor(body, message.Start, message.Length);
        while (cursor.Next())
        {
            switch (cursor.Tag)
            {
                case 10: trace = cursor.Bytes(); break;
                case 18: span = cursor.Bytes(); break;
                default: cursor.Skip(); break;
            }
        }

        if (cursor.Odd)
        {
            return false;
        }

        list.Raw("{\"traceId\":"u8);
        list.Hex(body.Slice(trace.Start, trace.Length));
        list.Raw(",\"spanId\":"u8);
        list.Hex(body.Slice(span.Start, span.Length));
        list.Raw(",\"attributes\":"u8);
        inner.Nested(body, message, 34);
        list.Raw("}"u8);
        return !inner.Odd;
    }
}
