using Mono.Cecil;

namespace Dialogue.Architecture
{
    /// <summary>Modules know each other in one direction. Read from the compiled program, inside methods too.</summary>
    public sealed class ModulesTests
    {
        /// <summary>Each knows those before it.</summary>
        private static readonly string[] Order =
        [
            "Access",
            "Organisations",
            "Templates",
            "Cases",
            "Dialogues",
            "Outcomes",
            "FollowUp",
            "Overview",
        ];

        /// <summary>These know no domain word.</summary>
        private static readonly string[] Plain = ["Mailroom", "Clock", "Storage", "Trail"];

        /// <summary>What is known against the direction, and why that may stay: from → to.</summary>
        private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
        {
            ["Dialogue.Access.AccountColumns → Dialogue.Organisations.OrganisationRow"] =
                "the foreign key: an account belongs to one organisation",
            ["Dialogue.Access.AccountColumns → Dialogue.Organisations.UnitRow"] = "the foreign key: an account works in one unit",
            ["Dialogue.Access.AccountLetters → Dialogue.Organisations.OrganisationRow"] =
                "a mail about an account says in whose name it comes, in the language of the organisation",
            ["Dialogue.Access.AccountLinks → Dialogue.Organisations.OrganisationRow"] =
                "the page behind a mailed link says which organisation asks",
            ["Dialogue.Access.MeHandler → Dialogue.Organisations.OrganisationRow"] = "the answer holds the name of the organisation",
            ["Dialogue.Access.SetUpFirstAdministratorHandler → Dialogue.Organisations.OrganisationRow"] =
                "the first account and its organisation are made in one transaction",
            ["Dialogue.Access.SignInPage → Dialogue.Operations.DemoOrganisation"] =
                "in a demonstration the page lists who one may sign in as",
            ["Dialogue.Mailroom.PostPage → Dialogue.Operations.DemoOrganisation"] = "the page is there in a demonstration only",
            ["Dialogue.Mailroom.PostPage → Dialogue.Organisations.Zones"] = "the page is there in a demonstration only",
        };

        private static string Module(string name) => name.Split('.') is ["Dialogue", var module, ..] ? module : "";

        private static string? Wrong(string from, string to)
        {
            var (here, there) = (Module(from), Module(to));
            if (here == there || here.Length == 0 || there.Length == 0)
                return null;
            var allowed = there switch
            {
                "Operations" => to is "Dialogue.Operations.Problems" or "Dialogue.Operations.UseCases",
                "Look" => true,
                _ when Plain.Contains(there) => true,
                // A page of any module says who may come.
                _ when to is "Dialogue.Access.OpenToAttribute" or "Dialogue.Access.StaffOnlyAttribute" => true,
                _ when here == "Storage" => to == "Dialogue.Access.Account",
                _ when Plain.Contains(here) => false,
                // The frame knows who is signed in; Operations (the demonstration, the log) may know every module.
                _ when here == "Look" => there == "Access",
                _ when here == "Operations" => true,
                _ => Array.IndexOf(Order, here) > Array.IndexOf(Order, there),
            };
            return allowed ? null : $"{from} → {to}";
        }

        private static IReadOnlyList<string> Against(IEnumerable<TypeDefinition> types) =>
            [
                .. types
                    .SelectMany(type => References.Of(type).OfType<TypeDefinition>().Select(known => Wrong(type.FullName, known.FullName)))
                    .OfType<string>()
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];

        [Fact]
        public void Modules_know_each_other_in_one_direction()
        {
            using var server = new References(typeof(Program));
            foreach (var module in Order.Concat(Plain).Concat(["Look", "Operations"]))
                server.Types.Count(type => Module(type.FullName) == module).ShouldBePositive(module);
            Against(server.Types).Except(Allowed.Keys).ShouldBeEmpty();
        }

        [Fact]
        public void An_exception_that_is_no_longer_needed_is_struck_off()
        {
            using var server = new References(typeof(Program));
            Allowed.Keys.Except(Against(server.Types)).ShouldBeEmpty();
        }

        [Fact]
        public void The_check_sees_a_module_that_looks_up_and_a_plain_one_that_learns_a_word()
        {
            using var tests = new References(typeof(ModulesTests));
            var planted = tests.Types.Where(type => type.Name.StartsWith("Planted", StringComparison.Ordinal)).ToArray();
            planted.Length.ShouldBe(4);
            Against(planted)
                .ShouldBe([
                    "Dialogue.Cases.PlantedInside → Dialogue.FollowUp.PlantedAbove",
                    "Dialogue.Clock.PlantedWord → Dialogue.Access.PlantedBelow",
                ]);
        }
    }
}

#pragma warning disable IDE0130, IDE0161 // planted in the modules on purpose
namespace Dialogue.FollowUp
{
    internal static class PlantedAbove
    {
        public static int Answer() => Cases.PlantedInside.Ask().Result + Access.PlantedBelow.Answer;
    }
}

namespace Dialogue.Cases
{
    internal static class PlantedInside
    {
        public static async Task<int> Ask()
        {
            await Task.Yield();
            Func<int> inside = () => FollowUp.PlantedAbove.Answer();
            return inside();
        }
    }
}

namespace Dialogue.Clock
{
    internal static class PlantedWord
    {
        public static int Answer => Access.PlantedBelow.Answer;
    }
}

namespace Dialogue.Access
{
    internal static class PlantedBelow
    {
        public static int Answer { get; } = 1;
    }
}
#pragma warning restore IDE0130, IDE0161
