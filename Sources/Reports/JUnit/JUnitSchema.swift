/// The schema of the strict dialect: what this program promises to write, and nothing more.
///
/// A file that fits it also fits the schemas of Ant and of Jenkins.
package enum JUnitSchema {
  package static let fileName = "assay-junit-strict.xsd"

  package static let text = """
    <?xml version="1.0" encoding="UTF-8"?>
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
     <xs:annotation>
      <xs:documentation>JUnit reports of Assay, dialect strict, version 1.</xs:documentation>
     </xs:annotation>

     <xs:element name="testsuites">
      <xs:complexType>
       <xs:sequence>
        <xs:element name="testsuite" type="suite" minOccurs="0" maxOccurs="unbounded"/>
       </xs:sequence>
      </xs:complexType>
      <xs:unique name="suiteNames">
       <xs:selector xpath="testsuite"/>
       <xs:field xpath="@name"/>
      </xs:unique>
      <xs:unique name="suiteNumbers">
       <xs:selector xpath="testsuite"/>
       <xs:field xpath="@id"/>
      </xs:unique>
     </xs:element>

     <xs:complexType name="suite">
      <xs:sequence>
       <xs:element name="properties" type="properties"/>
       <xs:element name="testcase" type="case" minOccurs="1" maxOccurs="unbounded"/>
       <xs:element name="system-out" type="empty"/>
       <xs:element name="system-err" type="empty"/>
      </xs:sequence>
      <xs:attribute name="name" type="dottedName" use="required"/>
      <xs:attribute name="package" type="dottedName" use="required"/>
      <xs:attribute name="id" type="count" use="required"/>
      <xs:attribute name="tests" type="count" use="required"/>
      <xs:attribute name="failures" type="count" use="required"/>
      <xs:attribute name="errors" type="count" use="required"/>
      <xs:attribute name="skipped" type="count" use="required"/>
      <xs:attribute name="time" type="seconds" use="required"/>
      <xs:attribute name="timestamp" type="timestamp" use="required"/>
      <xs:attribute name="hostname" type="xs:token" use="required" fixed="localhost"/>
     </xs:complexType>

     <xs:complexType name="properties">
      <xs:sequence>
       <xs:element name="property" minOccurs="1" maxOccurs="unbounded">
        <xs:complexType>
         <xs:attribute name="name" type="propertyName" use="required"/>
         <xs:attribute name="value" type="xs:string" use="required"/>
        </xs:complexType>
       </xs:element>
      </xs:sequence>
     </xs:complexType>

     <xs:complexType name="case">
      <xs:choice minOccurs="0" maxOccurs="1">
       <xs:element name="skipped" type="skip"/>
       <xs:element name="error" type="finding"/>
       <xs:element name="failure" type="finding"/>
      </xs:choice>
      <xs:attribute name="name" type="plainName" use="required"/>
      <xs:attribute name="classname" type="dottedName" use="required"/>
      <xs:attribute name="time" type="seconds" use="required"/>
     </xs:complexType>

     <xs:complexType name="finding">
      <xs:simpleContent>
       <xs:extension base="xs:string">
        <xs:attribute name="type" type="code" use="required"/>
        <xs:attribute name="message" type="xs:string" use="required"/>
       </xs:extension>
      </xs:simpleContent>
     </xs:complexType>

     <xs:complexType name="skip">
      <xs:attribute name="message" type="xs:string" use="required"/>
     </xs:complexType>

     <xs:simpleType name="empty">
      <xs:restriction base="xs:string"><xs:length value="0"/></xs:restriction>
     </xs:simpleType>
     <xs:simpleType name="count">
      <xs:restriction base="xs:int"><xs:minInclusive value="0"/></xs:restriction>
     </xs:simpleType>
     <xs:simpleType name="seconds">
      <xs:restriction base="xs:decimal"><xs:pattern value="[0-9]+\\.[0-9]{3}"/></xs:restriction>
     </xs:simpleType>
     <xs:simpleType name="timestamp">
      <xs:restriction base="xs:dateTime">
       <xs:pattern value="[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"/>
      </xs:restriction>
     </xs:simpleType>
     <xs:simpleType name="plainName">
      <xs:restriction base="xs:token">
       <xs:maxLength value="256"/>
       <xs:pattern value="[A-Za-z0-9_\\-]+"/>
      </xs:restriction>
     </xs:simpleType>
     <xs:simpleType name="dottedName">
      <xs:restriction base="xs:token">
       <xs:maxLength value="512"/>
       <xs:pattern value="[A-Za-z0-9_\\-]+(\\.[A-Za-z0-9_\\-]+)*"/>
      </xs:restriction>
     </xs:simpleType>
     <xs:simpleType name="propertyName">
      <xs:restriction base="xs:token">
       <xs:pattern value="assay\\.[A-Za-z]+(\\.[A-Za-z]+)*"/>
      </xs:restriction>
     </xs:simpleType>
     <xs:simpleType name="code">
      <xs:restriction base="xs:token">
       <xs:pattern value="[A-Za-z]+(\\.[A-Za-z]+)?"/>
      </xs:restriction>
     </xs:simpleType>
    </xs:schema>

    """
}
