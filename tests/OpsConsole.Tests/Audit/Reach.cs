using System.Reflection;
using System.Reflection.Emit;

namespace OpsConsole.Tests.Audit;

/// <summary>Which methods of Core a method leads to, read from the compiled code: calls, lambdas, and the bodies of async methods and iterators.</summary>
internal static class Reach
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_codes =
        typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>All methods that can be come to, those outside of Core by name only: nothing is followed into them.</summary>
    public static HashSet<string> From(IEnumerable<MethodBase> starts)
    {
        var (seen, names, waiting) = (new HashSet<MethodBase>(), new HashSet<string>(StringComparer.Ordinal), new Stack<MethodBase>(starts));
        while (waiting.TryPop(out var method))
        {
            names.Add($"{method.DeclaringType?.Name}.{method.Name}");
            if (method.Module.Assembly != typeof(CoreSetup).Assembly || !seen.Add(method))
            {
                continue;
            }

            foreach (var next in Called(method))
            {
                waiting.Push(next);
            }
        }

        return names;
    }

    private static IEnumerable<MethodBase> Called(MethodBase method)
    {
        // What the compiler made of an async method or an iterator is a type of its own.
        if (method.GetCustomAttribute<System.Runtime.CompilerServices.StateMachineAttribute>() is { } machine)
        {
            return machine.StateMachineType.GetMethods(Declared);
        }

        return method.GetMethodBody()?.GetILAsByteArray() is { } body ? Tokens(body).Select(token => Resolve(method, token)).OfType<MethodBase>().Select(Definition) : [];
    }

    private static MethodBase Definition(MethodBase method) =>
        method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition()
        : method.DeclaringType is { IsConstructedGenericType: true } type && type.GetGenericTypeDefinition().GetMethods(Declared).FirstOrDefault(one => one.MetadataToken == method.MetadataToken) is { } open ? open
        : method;

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        var types = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        return method.Module.ResolveMethod(token, types, method.IsGenericMethod ? method.GetGenericArguments() : null);
    }

    private static IEnumerable<int> Tokens(byte[] body)
    {
        for (var at = 0; at < body.Length;)
        {
            var code = s_codes[body[at] == 0xFE ? (short)(0xFE00 | body[at + 1]) : body[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod)
            {
                yield return BitConverter.ToInt32(body, at);
            }

            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
                _ => 4,
            };
        }
    }
}
