using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dialogue.Storage.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Record : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Category",
                table: "ActionJournal",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Effect",
                table: "ActionJournal",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FromWhom",
                table: "ActionJournal",
                type: "nvarchar(4000)",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "NewDate",
                table: "ActionJournal",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NewPerson",
                table: "ActionJournal",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "OldDate",
                table: "ActionJournal",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OldPerson",
                table: "ActionJournal",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Verdict",
                table: "ActionJournal",
                type: "nvarchar(20)",
                maxLength: 20,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Category",
                table: "ActionJournal");

            migrationBuilder.DropColumn(
                name: "Effect",
                table: "ActionJournal");

            migrationBuilder.DropColumn(
                name: "FromWhom",
                table: "ActionJournal");

            migrationBuilder.DropColumn(
                name: "NewDate",
                table: "ActionJournal");

            migrationBuilder.DropColumn(
                name: "NewPerson",
                table: "ActionJournal");

            migrationBuilder.DropColumn(
                name: "OldDate",
                table: "ActionJournal");

            migrationBuilder.DropColumn(
                name: "OldPerson",
                table: "ActionJournal");

            migrationBuilder.DropColumn(
                name: "Verdict",
                table: "ActionJournal");
        }
    }
}
