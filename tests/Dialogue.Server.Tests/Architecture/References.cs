using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Dialogue.Architecture;

/// <summary>
/// Which types a compiled type knows: in its members, its attributes and inside its methods, closures and state machines included.
/// </summary>
internal sealed class References : IDisposable
{
    private readonly ModuleDefinition module;

    public References(Type anyOf) => module = ModuleDefinition.ReadModule(anyOf.Assembly.Location);

    public IEnumerable<TypeDefinition> Types =>
        module.Types.Where(type =>
            type.Name != "<Module>"
            && !type.Namespace.StartsWith("System", StringComparison.Ordinal)
            && !type.Namespace.StartsWith("Microsoft", StringComparison.Ordinal)
        );

    public IEnumerable<string> AssembliesKnown => module.AssemblyReferences.Select(name => name.Name);

    public void Dispose() => module.Dispose();

    /// <summary>Every type that this one names, outermost types only for those of the same assembly.</summary>
    public static IReadOnlySet<TypeReference> Of(TypeDefinition type)
    {
        var found = new HashSet<TypeReference>(new ByName());
        Walk(type, found);
        return found;
    }

    /// <summary>Every method or property accessor that is called, as <c>Namespace.Type.Method</c>.</summary>
    public static IEnumerable<string> Calls(TypeDefinition type) =>
        All(type)
            .SelectMany(one => one.Methods)
            .Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions)
            .Select(instruction => instruction.Operand)
            .OfType<MethodReference>()
            .Select(method => method.DeclaringType.GetElementType().FullName + "." + method.Name);

    private static IEnumerable<TypeDefinition> All(TypeDefinition type) => type.NestedTypes.SelectMany(All).Prepend(type);

    private static void Walk(TypeDefinition type, HashSet<TypeReference> found)
    {
        foreach (var one in All(type))
        {
            Add(one.BaseType, found);
            foreach (var face in one.Interfaces)
                Add(face.InterfaceType, found);
            Attributes(one, found);
            Generics(one, found);
            foreach (var field in one.Fields)
            {
                Add(field.FieldType, found);
                Attributes(field, found);
            }
            foreach (var property in one.Properties)
            {
                Add(property.PropertyType, found);
                Attributes(property, found);
            }
            foreach (var method in one.Methods)
            {
                Add(method.ReturnType, found);
                Attributes(method, found);
                Generics(method, found);
                foreach (var parameter in method.Parameters)
                {
                    Add(parameter.ParameterType, found);
                    Attributes(parameter, found);
                }
                if (!method.HasBody)
                    continue;
                foreach (var variable in method.Body.Variables)
                    Add(variable.VariableType, found);
                foreach (var handler in method.Body.ExceptionHandlers)
                    Add(handler.CatchType, found);
                foreach (var instruction in method.Body.Instructions)
                    Operand(instruction, found);
            }
        }
    }

    private static void Operand(Instruction instruction, HashSet<TypeReference> found)
    {
        switch (instruction.Operand)
        {
            case TypeReference type:
                Add(type, found);
                break;
            case FieldReference field:
                Add(field.DeclaringType, found);
                Add(field.FieldType, found);
                break;
            case MethodReference method:
                Add(method.DeclaringType, found);
                Add(method.ReturnType, found);
                foreach (var parameter in method.Parameters)
                    Add(parameter.ParameterType, found);
                if (method is GenericInstanceMethod generic)
                    foreach (var argument in generic.GenericArguments)
                        Add(argument, found);
                break;
        }
    }

    private static void Generics(IGenericParameterProvider provider, HashSet<TypeReference> found)
    {
        foreach (var constraint in provider.GenericParameters.SelectMany(parameter => parameter.Constraints))
            Add(constraint.ConstraintType, found);
    }

    private static void Attributes(ICustomAttributeProvider provider, HashSet<TypeReference> found)
    {
        foreach (var attribute in provider.CustomAttributes)
        {
            Add(attribute.AttributeType, found);
            foreach (var value in attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>())
                Add(value, found);
        }
    }

    private static void Add(TypeReference? type, HashSet<TypeReference> found)
    {
        switch (type)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                foreach (var argument in generic.GenericArguments)
                    Add(argument, found);
                Add(generic.ElementType, found);
                return;
            case TypeSpecification specification:
                Add(specification.ElementType, found);
                return;
        }
        while (type.DeclaringType is { } outer)
            type = outer;
        found.Add(type);
    }

    private sealed class ByName : IEqualityComparer<TypeReference>
    {
        public bool Equals(TypeReference? x, TypeReference? y) => x?.FullName == y?.FullName && Same(x) == Same(y);

        public int GetHashCode(TypeReference type) => type.FullName.GetHashCode(StringComparison.Ordinal);

        private static bool Same(TypeReference? type) => type is TypeDefinition;
    }
}
